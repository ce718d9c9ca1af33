package dev.haft.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.haft.Read;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** However a stream is cut, the same comes out of it. */
class JsonCutsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String[] BETWEEN = {"", " ", "\n", "\r\n", "\u001e", "\n\u001e", " \t\n  "};
    private static final String[] STRINGS = {
        "",
        "a",
        "]",
        "}{",
        "\"",
        "\\",
        "\\\"",
        "\n\u0001",
        "äöü",
        "\u20ac",
        "\ud83d\ude00",
        "a longer string, with ] and \" in it"
    };
    private static final byte[] HOSTILE = "[]{}\"\\,:\n\u001e0x 1tn\0".getBytes(StandardCharsets.ISO_8859_1);

    private static final List<Read<?>> READS = List.of(
            Json.value(),
            Json.as(Object.class),
            Json.value().scalars(),
            Json.value().skippingBad(),
            Json.as(Map.class).skippingBad(),
            Json.value().scalars().skippingBad(),
            Json.as(Object.class).scalars().skippingBad(),
            Json.value().limit(40),
            Json.value().limit(25).scalars().skippingBad(),
            Json.as(List.class).limit(30).skippingBad(),
            Json.value().maxDepth(3).skippingBad(),
            Json.value().maxDepth(1000).skippingBad());

    @Property(tries = 40)
    void aStreamOfTextsGivesItsValuesInAnyCut(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        byte[] stream = stream(random, expected);
        expected.add(Feed.CLEAN);
        for (Read<?> read :
                List.of(Json.value(), Json.with(MAPPER).value(), Json.value().skippingBad())) {
            assertSameInAnyCut(read, stream, expected, random);
        }
    }

    @Property(tries = 40)
    void aDamagedStreamGivesTheSameInAnyCut(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        byte[] stream = damaged(stream(random, new ArrayList<>()), random);
        for (Read<?> read : READS) {
            assertSameInAnyCut(read, stream, Feed.whole(read, stream), random);
        }
    }

    @Property(tries = 40)
    void noiseGivesTheSameInAnyCut(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] stream = new byte[random.nextInt(60)];
        for (int i = 0; i < stream.length; i++) {
            stream[i] = HOSTILE[random.nextInt(HOSTILE.length)];
        }
        for (Read<?> read : READS) {
            assertSameInAnyCut(read, stream, Feed.whole(read, stream), random);
        }
    }

    /** The first look of a read must not differ from the second, which alone there is with a lower limit of depth. */
    @Property(tries = 200)
    void aReadGivesWhatTheSlowWayGives(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        byte[] stream = damaged(stream(random, new ArrayList<>()), random);
        for (Supplier<JsonRead<?>> each : List.<Supplier<JsonRead<?>>>of(
                Json::value, () -> Json.as(Map.class), () -> Json.with(MAPPER).as(Object.class))) {
            JsonRead<?> read = each.get().skippingBad();
            assertEquals(Feed.whole(read.maxDepth(Json.MAX_DEPTH - 1), stream), Feed.whole(read, stream));
        }
    }

    @Test
    void largeStreamsTooGiveTheirValues() throws Exception {
        Random random = new Random(7);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<String> expected = new ArrayList<>();
        while (all.size() < 300_000) {
            all.write(stream(random, expected));
        }
        expected.add(Feed.CLEAN);
        byte[] stream = all.toByteArray();
        assertEquals(expected, Feed.whole(Json.value(), stream));
        int[] cuts = random.ints(100, 0, stream.length).sorted().toArray();
        assertEquals(expected, Feed.cutAt(Json.value(), stream, cuts));
    }

    private static void assertSameInAnyCut(Read<?> read, byte[] stream, List<String> expected, Random random) {
        assertEquals(expected, Feed.whole(read, stream));
        assertEquals(expected, Feed.byteByByte(read, stream));
        int[] cuts =
                random.ints(random.nextInt(6), 0, stream.length + 1).sorted().toArray();
        assertEquals(expected, Feed.cutAt(read, stream, cuts));
        if (stream.length < 100) {
            for (int cut = 0; cut <= stream.length; cut++) {
                assertEquals(expected, Feed.cutAt(read, stream, cut));
            }
        }
    }

    private static byte[] stream(Random random, List<String> values) throws Exception {
        StringBuilder stream = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            JsonNode tree = container(random, random.nextInt(5));
            values.add("value " + tree);
            stream.append(BETWEEN[random.nextInt(BETWEEN.length)]);
            stream.append(
                    random.nextInt(3) == 0
                            ? MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree)
                            : MAPPER.writeValueAsString(tree));
        }
        stream.append(BETWEEN[random.nextInt(BETWEEN.length)]);
        return stream.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode container(Random random, int depth) {
        int size = random.nextInt(4);
        if (random.nextBoolean()) {
            ArrayNode array = NODES.arrayNode();
            for (int i = 0; i < size; i++) {
                array.add(node(random, depth - 1));
            }
            return array;
        }
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < size; i++) {
            object.set(STRINGS[random.nextInt(STRINGS.length)] + i, node(random, depth - 1));
        }
        return object;
    }

    private static JsonNode node(Random random, int depth) {
        return switch (depth < 0 ? random.nextInt(5) : random.nextInt(8)) {
            case 0 -> NODES.textNode(STRINGS[random.nextInt(STRINGS.length)]);
            case 1 -> NODES.numberNode(random.nextInt(1000) - 500);
            case 2 -> NODES.numberNode(random.nextInt(1000) / 8.0);
            case 3 -> NODES.booleanNode(random.nextBoolean());
            case 4 -> NODES.nullNode();
            default -> container(random, depth);
        };
    }

    private static byte[] damaged(byte[] stream, Random random) {
        byte[] damaged = stream.clone();
        for (int i = random.nextInt(3); i >= 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] =
                    random.nextInt(4) == 0 ? (byte) random.nextInt(256) : HOSTILE[random.nextInt(HOSTILE.length)];
        }
        return damaged;
    }
}
