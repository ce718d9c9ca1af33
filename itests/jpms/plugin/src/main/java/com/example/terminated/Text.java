package com.example.terminated;

/** A value that nobody else knows the class of. */
record Text(String text) {
    @Override
    public String toString() {
        return text;
    }
}
