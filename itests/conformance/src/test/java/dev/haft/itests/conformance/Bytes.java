package dev.haft.itests.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Bytes as scenarios give them and as logs show them. */
final class Bytes {
    /** Longer ones are logged by their length and checksum. */
    static final int LONGEST_LOGGED = 256;

    private Bytes() {}

    /** What {@code data}, {@code hex}, {@code fill} and {@code parts} say, one after the other. */
    static byte[] of(JsonNode spec) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (JsonText.has(spec, "data")) {
            bytes.writeBytes(spec.path("data").asText().getBytes(ISO_8859_1));
        }
        if (JsonText.has(spec, "hex")) {
            bytes.writeBytes(HexFormat.of().parseHex(spec.path("hex").asText().replaceAll("[^0-9a-fA-F]", "")));
        }
        if (JsonText.has(spec, "fill")) {
            byte[] pattern = spec.path("fill").path(0).asText().getBytes(ISO_8859_1);
            int length = spec.path("fill").path(1).asInt();
            for (int i = 0; i < length; i++) {
                bytes.write(pattern[i % pattern.length]);
            }
        }
        spec.path("parts").forEach(part -> bytes.writeBytes(of(part)));
        return bytes.toByteArray();
    }

    /** A string of characters U+0000..U+00FF, or length and CRC-32. */
    static JsonNode logged(byte[] bytes) {
        if (bytes.length <= LONGEST_LOGGED) {
            return JsonText.NODES.textNode(new String(bytes, ISO_8859_1));
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return JsonText.NODES.objectNode().put("len", bytes.length).put("crc32", String.format("%08x", crc.getValue()));
    }

    /** What remains in a buffer, which stays as it is. */
    static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
