package dev.haft.itests.live;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random items of every type, the same ones for the same seed. */
final class Plan {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String[] TEXTS = {"", "a", "]}\"\\", "\n\t\u0001", "äöü€\ud83d\ude00", "a longer text"};

    /** No byte that ends any of the lines here. */
    private static final String LINE_BYTES = "abcxyz 0\u0000\u0080\u00ff\u00e4\t:=";

    private final Random random;
    private final List<Item> items = new ArrayList<>();

    private Plan(long seed) {
        random = new Random(seed);
    }

    static List<Item> of(long seed) {
        Plan plan = new Plan(seed);
        for (int i = 0; i < 5; i++) {
            plan.chunksAndNetstrings();
            plan.lines();
            plan.matches();
            plan.items.add(new Item("json", NODES.objectNode(), plan.container(4)));
        }
        formats().forEach(plan::packed);
        Collections.shuffle(plan.items, plan.random);
        return plan.items;
    }

    /** Every letter of Perl's pack that means a length, with every modifier that it has. */
    static List<String> formats() {
        List<String> formats = new ArrayList<>(List.of("c", "C", "w"));
        for (String letter : List.of("s", "S", "l", "L", "i", "I")) {
            for (String modifier : List.of("", "!", "<", ">", "!<", "!>")) {
                formats.add(letter + modifier);
            }
        }
        for (String letter : List.of("q", "Q", "j", "J")) {
            for (String modifier : List.of("", "<", ">")) {
                formats.add(letter + modifier);
            }
        }
        for (String letter : List.of("n", "N", "v", "V")) {
            formats.add(letter);
            formats.add(letter + "!");
        }
        return formats;
    }

    private byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] text(String alphabet, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString().getBytes(ISO_8859_1);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private void chunksAndNetstrings() {
        byte[] chunk = bytes(200_000);
        items.add(Item.of("chunk", chunk.length == 0 ? new byte[1] : chunk));
        items.add(Item.of("netstring", bytes(100)));
        items.add(Item.of("netstring", bytes(100_000)));
    }

    private void lines() {
        items.add(Item.of("line", text(LINE_BYTES, 300)).with("end", latin1("\n")));
        items.add(Item.of("line", text(LINE_BYTES, 30_000)).with("end", latin1("\r\n")));
        items.add(Item.of("line", text(LINE_BYTES + "\n\r", 300))
                .with("marker", latin1("\0--END\n"))
                .with("end", latin1("\0--END\n")));
        items.add(Item.of("line", text(LINE_BYTES, 300))
                .with("pattern", "[.;]+\\n")
                .with("end", latin1(random.nextBoolean() ? ".;\n" : ";\n")));
    }

    private void matches() {
        items.add(Item.of("regex", latin1(new String(text("0123456789abcdef", 500), ISO_8859_1) + ";"))
                .with("accept", "^[0-9a-f]*;")
                .with("reject", "^[0-9a-f]*[^0-9a-f;]"));
        StringBuilder header = new StringBuilder();
        for (int i = random.nextInt(20); i >= 0; i--) {
            header.append("Name").append(i).append(": ");
            header.append(new String(text(LINE_BYTES, 60), ISO_8859_1)).append("x\r\n");
        }
        items.add(Item.of("regex", latin1(header + "\r\n"))
                .with("accept", "\\r\\n\\r\\n")
                .with("skip", "^.*[^\\r\\n]"));
    }

    private void packed(String format) {
        items.add(Item.of("packstring", bytes(127)).with("format", format));
        boolean small = format.startsWith("c") || format.startsWith("C");
        items.add(Item.of("packstring", bytes(small ? 100 : 30_000)).with("format", format));
    }

    private JsonNode container(int depth) {
        if (random.nextBoolean()) {
            ArrayNode array = NODES.arrayNode();
            for (int i = random.nextInt(5); i > 0; i--) {
                array.add(value(depth - 1));
            }
            return array;
        }
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(TEXTS[random.nextInt(TEXTS.length)] + i, value(depth - 1));
        }
        return object;
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt());
            case 3 -> NODES.numberNode(random.nextInt(10_000) + 0.25);
            case 4, 5 -> NODES.textNode(TEXTS[random.nextInt(TEXTS.length)]);
            default -> container(depth);
        };
    }
}
