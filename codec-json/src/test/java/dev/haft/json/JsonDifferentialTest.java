package dev.haft.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.haft.BadMessageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * What Jackson's blocking parser says of a text, we say, but that text which is not well-formed UTF-8 is refused. (Its guess
 * at encodings is off: other ones are refused.)
 */
class JsonDifferentialTest {
    private static final ObjectMapper JACKSON = new ObjectMapper(JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.defaults())
            .build());

    private static final String[] PARTS = {
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"",
        "\\",
        " ",
        "\n",
        "\t",
        "\"a\"",
        "\"k\":",
        "1",
        "-",
        "0",
        "01",
        ".5",
        "1.5",
        "e",
        "1e3",
        "-0",
        "true",
        "false",
        "null",
        "nul",
        "tru",
        "[]",
        "{}",
        "[1,2]",
        "{\"a\":1}",
        "\"\\u00e4\"",
        "\"\\ud800\"",
        "\"\\x\"",
        "\"\u00e4\u20ac\"",
        "\u00e4",
        "'a'",
        "NaN",
        "/*",
        "#",
        "+1",
        "\u0001",
        "\u0000",
        "\u007f",
        "\ufeff"
    };

    @Property(tries = 20_000)
    void whatJacksonSaysOfATextWeSay(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(9); i >= 0; i--) {
            text.append(PARTS[random.nextInt(PARTS.length)]);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(4) == 0) {
            byte any = (byte) random.nextInt(256);
            // That is skipped before a text, which Jackson does not do.
            bytes[random.nextInt(bytes.length)] = any == Bytes.RECORD_SEPARATOR ? 0 : any;
        }
        assertSame(bytes, Json.value().scalars());
        assertSame(bytes, Json.value().scalars().maxDepth(100));
    }

    private static void assertSame(byte[] bytes, JsonRead<JsonNode> read) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        var decoder = read.begin(null);
        String ours;
        try {
            JsonNode value = decoder.decode(in);
            if (value == null) {
                value = decoder.atEnd(in);
            }
            ours = value == null ? "refused" : value.toString();
        } catch (BadMessageException e) {
            if (e.getMessage().endsWith("not UTF-8")) {
                return;
            }
            ours = "refused";
        }
        // Where there is no value, Jackson must not find one at the front of all the bytes.
        int slice = in.position() > 0 && !ours.equals("refused") ? in.position() : bytes.length;
        assertEquals(jackson(bytes, slice), ours, () -> new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static String jackson(byte[] bytes, int length) {
        try {
            JsonNode tree = JACKSON.readTree(bytes, 0, length);
            return tree.isMissingNode() ? "refused" : tree.toString();
        } catch (IOException e) {
            return "refused";
        }
    }
}
