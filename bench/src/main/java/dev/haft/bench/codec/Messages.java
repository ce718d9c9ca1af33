package dev.haft.bench.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.upokecenter.cbor.CBORObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A stream of equal messages: some records of an order book, as many as fill the size. */
final class Messages {
    /** How many there are: one invocation reads them all. */
    static final int COUNT = 32;

    private static final String ASCII = "Hex bolt, zinc plated";
    private static final String WIDE = "Сталь 六角螺栓 Größe";

    private final byte[] one;
    private final byte[] all;

    private Messages(byte[] one) {
        this.one = one;
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < COUNT; i++) {
            stream.writeBytes(one);
        }
        this.all = stream.toByteArray();
    }

    static Messages json(int bytes, String text) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        return new Messages(fitting(bytes, text, mapper::writeValueAsBytes));
    }

    static Messages cbor(int bytes, String text) throws IOException {
        return new Messages(
                fitting(bytes, text, value -> CBORObject.FromObject(value).EncodeToBytes()));
    }

    private interface Encoder {
        byte[] encode(Object value) throws IOException;
    }

    /** The largest that is not longer than asked for, or the smallest there is. */
    private static byte[] fitting(int bytes, String text, Encoder encoder) throws IOException {
        String name = text.equals("ascii") ? ASCII : WIDE;
        List<Object> records = new ArrayList<>();
        byte[] last = {};
        while (true) {
            records.add(item(records.size(), name));
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("type", "orders");
            message.put("seq", 123_456_789L);
            message.put("items", records);
            byte[] next = encoder.encode(message);
            if (next.length > bytes && last.length > 0) {
                return last;
            }
            last = next;
            if (next.length < bytes / 2 && records.size() > 1) {
                // Large messages need not be made one by one.
                List<Object> twice = List.copyOf(records);
                records.addAll(twice);
            }
        }
    }

    private static Map<String, Object> item(int number, String name) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", 1000 + number);
        item.put("name", name);
        item.put("price", 12.75 + number);
        item.put("tags", List.of("new", "sale"));
        item.put("stock", number % 3 == 0);
        return item;
    }

    byte[] one() {
        return one;
    }

    /** All, one behind the other. */
    byte[] all() {
        return all;
    }
}
