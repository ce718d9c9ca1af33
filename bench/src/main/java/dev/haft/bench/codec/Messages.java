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

    private Messages(byte[] one) {
        this.one = one;
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

    /** Not longer than asked for, if one record is not. */
    private static byte[] fitting(int bytes, String text, Encoder encoder) throws IOException {
        String name = text.equals("ascii") ? ASCII : WIDE;
        byte[] one = encoder.encode(message(1, name));
        int more = encoder.encode(message(2, name)).length - one.length;
        int count = 1 + Math.max(0, (bytes - one.length) / more);
        byte[] message = encoder.encode(message(count, name));
        while (message.length > bytes && count > 1) {
            // Later records have longer numbers.
            count = Math.min(count - 1, (int) ((long) count * bytes / message.length));
            message = encoder.encode(message(count, name));
        }
        return message;
    }

    private static Map<String, Object> message(int count, String name) {
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(item(i, name));
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "orders");
        message.put("seq", 123_456_789L);
        message.put("items", records);
        return message;
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
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < COUNT; i++) {
            stream.writeBytes(one);
        }
        return stream.toByteArray();
    }
}
