package dev.haft;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Bytes as the characters of ISO-8859-1, without a copy: what patterns see. Each look at one is counted. */
final class Latin1 implements CharSequence {
    private final byte[] array;
    private final int start;
    private final int stop;
    private final Looks looks;

    Latin1(byte[] array, int start, int stop, Looks looks) {
        this.array = array;
        this.start = start;
        this.stop = stop;
        this.looks = looks;
    }

    @Override
    public int length() {
        return stop - start;
    }

    @Override
    public char charAt(int index) {
        looks.count();
        return (char) (array[start + index] & 0xff);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        return new Latin1(array, start + from, start + to, looks);
    }

    @Override
    public String toString() {
        return new String(array, start, stop - start, StandardCharsets.ISO_8859_1);
    }
}
