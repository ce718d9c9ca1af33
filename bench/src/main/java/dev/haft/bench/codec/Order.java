package dev.haft.bench.codec;

import java.util.List;

/** What a message is mapped to. */
public record Order(String type, long seq, List<Item> items) {
    /** One of its records. */
    public record Item(int id, String name, double price, List<String> tags, boolean stock) {}
}
