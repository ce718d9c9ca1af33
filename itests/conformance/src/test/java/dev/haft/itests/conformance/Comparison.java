package dev.haft.itests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Set;
import java.util.StringJoiner;

/** Compares logs: values, not texts. */
final class Comparison {
    /** What a write to a connection that is gone fails with depends on the kernel. */
    private static final Set<String> GONE = Set.of("EPIPE", "ECONNRESET");

    private final boolean writesMayFailEitherWay;

    Comparison(String scenario) {
        writesMayFailEitherWay = scenario.startsWith("error_")
                || scenario.startsWith("write_")
                || scenario.equals("eof_close_then_write");
    }

    boolean isSame(JsonNode expected, JsonNode got) {
        if (expected.isNumber() && got.isNumber()) {
            return expected.decimalValue().compareTo(got.decimalValue()) == 0;
        }
        if (expected.size() != got.size() || expected.getNodeType() != got.getNodeType()) {
            return false;
        }
        if (expected.isArray()) {
            return isSameError(expected, got) || isSameList(expected, got);
        }
        if (expected.isObject()) {
            return isSameObject(expected, got);
        }
        return expected.equals(got);
    }

    private boolean isSameError(JsonNode expected, JsonNode got) {
        return writesMayFailEitherWay
                && expected.path(0).asText().equals("error")
                && got.path(0).asText().equals("error")
                && GONE.contains(expected.path(1).asText())
                && GONE.contains(got.path(1).asText())
                && expected.path(2).equals(got.path(2))
                && expected.path(3).equals(got.path(3));
    }

    private boolean isSameList(JsonNode expected, JsonNode got) {
        for (int i = 0; i < expected.size(); i++) {
            if (!isSame(expected.path(i), got.path(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isSameObject(JsonNode expected, JsonNode got) {
        for (Iterator<String> names = expected.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!got.has(name) || !isSame(expected.path(name), got.path(name))) {
                return false;
            }
        }
        return true;
    }

    /** The events of both: what only the first has with a minus, what only the second has with a plus. */
    String difference(JsonNode expected, JsonNode got) {
        int before = 0;
        int shorter = Math.min(expected.size(), got.size());
        while (before < shorter && isSame(expected.path(before), got.path(before))) {
            before++;
        }
        int after = 0;
        while (after < shorter - before
                && isSame(expected.path(expected.size() - 1 - after), got.path(got.size() - 1 - after))) {
            after++;
        }
        StringJoiner lines = new StringJoiner("\n");
        add(lines, "    ", expected, 0, before);
        add(lines, "  - ", expected, before, expected.size() - after);
        add(lines, "  + ", got, before, got.size() - after);
        add(lines, "    ", expected, expected.size() - after, expected.size());
        return lines.toString();
    }

    private static void add(StringJoiner lines, String sign, JsonNode log, int from, int to) {
        for (int i = from; i < to; i++) {
            lines.add(sign + JsonText.text(log.path(i)));
        }
    }
}
