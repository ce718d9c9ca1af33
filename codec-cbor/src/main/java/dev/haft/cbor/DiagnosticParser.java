package dev.haft.cbor;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.numbers.EInteger;
import dev.haft.BadMessageException;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads diagnostic notation (RFC 8949 §8): all of that section, and of what is written in practice comments
 * ({@code # ...}, {@code // ...}, {@code / ... /}), numbers in base 16, 8 and 2, {@code <<...>>}, commas that may be left
 * out, and {@code 'text'} for bytes. Encoding indicators ({@code 1_3}, {@code [_ ...]}) are read and have no effect.
 */
final class DiagnosticParser {
    private static final BigInteger LARGEST_TAG = BigInteger.TWO.pow(Long.SIZE).subtract(BigInteger.ONE);
    private static final int LONGEST_NUMBER = 1000;

    private final String text;
    private int at;
    private int depth;

    private DiagnosticParser(String text) {
        this.text = text;
    }

    /** The one value that the text is. */
    static CBORObject parse(String text) throws BadMessageException {
        DiagnosticParser parser = new DiagnosticParser(text);
        CBORObject value;
        try {
            value = parser.value();
            parser.blank();
        } catch (StringIndexOutOfBoundsException e) {
            throw parser.bad("the text ends too early", e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw parser.bad(String.valueOf(e.getMessage()), e);
        }
        if (parser.at < text.length()) {
            throw parser.bad("more than one value", null);
        }
        return value;
    }

    private CBORObject value() throws BadMessageException {
        if (depth == Cbor.MAX_DEPTH) {
            throw bad("nested more than " + Cbor.MAX_DEPTH + " deep", null);
        }
        blank();
        depth++;
        CBORObject value = switch (text.charAt(at)) {
            case '[' -> array();
            case '{' -> map();
            case '(' -> chunks();
            case '<' -> embedded();
            case '"' -> CBORObject.FromObject(string('"'));
            case '\'' -> CBORObject.FromObject(string('\'').getBytes(StandardCharsets.UTF_8));
            default -> word();
        };
        depth--;
        return value;
    }

    private CBORObject array() throws BadMessageException {
        at++;
        indicator();
        CBORObject array = CBORObject.NewArray();
        while (!closes("]")) {
            array.Add(value());
        }
        return array;
    }

    private CBORObject map() throws BadMessageException {
        at++;
        indicator();
        CBORObject map = CBORObject.NewMap();
        while (!closes("}")) {
            CBORObject key = value();
            blank();
            expect(':');
            if (map.ContainsKey(key)) {
                throw bad("a key twice", null);
            }
            map.set(key, value());
        }
        return map;
    }

    /** A string of indefinite length. */
    private CBORObject chunks() throws BadMessageException {
        at++;
        expect('_');
        CBORObject all = null;
        while (!closes(")")) {
            CBORObject next = value();
            if (all == null) {
                all = next;
            } else {
                all = joined(all, next);
            }
        }
        if (all == null) {
            throw bad("(_ ) is neither text nor bytes", null);
        }
        return all;
    }

    private static CBORObject joined(CBORObject one, CBORObject other) {
        return switch (one.getType()) {
            case TextString -> CBORObject.FromObject(one.AsString() + other.AsString());
            case ByteString -> {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                bytes.writeBytes(one.GetByteString());
                bytes.writeBytes(other.GetByteString());
                yield CBORObject.FromObject(bytes.toByteArray());
            }
            default -> throw new IllegalArgumentException("chunks are text or bytes");
        };
    }

    private CBORObject embedded() throws BadMessageException {
        at++;
        expect('<');
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!closes(">>")) {
            bytes.writeBytes(value().EncodeToBytes());
        }
        return CBORObject.FromObject(bytes.toByteArray());
    }

    private CBORObject word() throws BadMessageException {
        int start = at;
        while (at < text.length() && isOfWord(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        if (at < text.length() && text.charAt(at) == '\'') {
            String quoted = string('\'');
            return switch (word) {
                case "h" -> CBORObject.FromObject(HexFormat.of().parseHex(withoutBlanks(quoted)));
                case "b64" -> CBORObject.FromObject(base64(withoutBlanks(quoted)));
                default -> throw bad("no prefix " + word, null);
            };
        }
        if (at < text.length() && text.charAt(at) == '(') {
            return tagged(word);
        }
        return plain(word);
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '+' || c == '_';
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    }

    private CBORObject tagged(String word) throws BadMessageException {
        at++;
        CBORObject content = value();
        if (!closes(")")) {
            throw bad("expected ')'", null);
        }
        if (word.equals("simple")) {
            return CBORObject.FromSimpleValue(content.AsInt32Value());
        }
        BigInteger tag = integer(withoutIndicator(word));
        if (tag == null || tag.signum() < 0 || tag.compareTo(LARGEST_TAG) > 0) {
            throw bad("no tag " + word, null);
        }
        return CBORObject.FromObjectAndTag(content, EInteger.FromString(tag.toString()));
    }

    private CBORObject plain(String word) throws BadMessageException {
        return switch (word) {
            case "true" -> CBORObject.True;
            case "false" -> CBORObject.False;
            case "null" -> CBORObject.Null;
            case "undefined" -> CBORObject.Undefined;
            default -> number(withoutIndicator(word));
        };
    }

    private CBORObject number(String word) throws BadMessageException {
        return switch (word) {
            case "NaN" -> CBORObject.NaN;
            case "Infinity", "+Infinity" -> CBORObject.PositiveInfinity;
            case "-Infinity" -> CBORObject.NegativeInfinity;
            default -> finite(word);
        };
    }

    private CBORObject finite(String word) throws BadMessageException {
        if (word.isEmpty() || word.length() > LONGEST_NUMBER) {
            throw bad(word.isEmpty() ? "expected a value" : "a number of more than 1000 characters", null);
        }
        BigInteger integer = integer(word);
        if (integer != null) {
            return CBORObject.FromObject(EInteger.FromString(integer.toString()));
        }
        boolean isHex = word.regionMatches(true, word.startsWith("-") ? 1 : 0, "0x", 0, 2);
        // The platform reads 1d and 0x1p1f too; the notation does not.
        if (!isHex && !word.matches("[+-]?[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]+)?")) {
            throw bad("no value: " + word, null);
        }
        // Without an exponent the platform takes a number of base 16 for none.
        return CBORObject.FromObject(Double.parseDouble(isHex && !word.matches(".*[pP].*") ? word + "p0" : word));
    }

    /** Null if it is none. */
    private static @Nullable BigInteger integer(String word) {
        String digits = word.startsWith("-") || word.startsWith("+") ? word.substring(1) : word;
        int radix = digits.length() < 2 || digits.charAt(0) != '0'
                ? 10
                : switch (digits.charAt(1)) {
                    case 'x', 'X' -> 16;
                    case 'o', 'O' -> 8;
                    case 'b', 'B' -> 2;
                    default -> 10;
                };
        if (radix != 10) {
            digits = digits.substring(2);
        }
        if (digits.isEmpty() || !digits.chars().allMatch(c -> Character.digit(c, radix) >= 0)) {
            return null;
        }
        BigInteger value = new BigInteger(digits, radix);
        return word.startsWith("-") ? value.negate() : value;
    }

    private static String withoutIndicator(String word) {
        int underscore = word.lastIndexOf('_');
        return underscore > 0 ? word.substring(0, underscore) : word;
    }

    private static String withoutBlanks(String text) {
        return text.replaceAll("#[^\n]*|/[^/]*/|\\s", "");
    }

    /** With the quote at the current place. */
    private String string(char quote) throws BadMessageException {
        StringBuilder string = new StringBuilder();
        at++;
        while (text.charAt(at) != quote) {
            char c = text.charAt(at++);
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() throws BadMessageException {
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\'', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                at += 4;
                yield (char) HexFormat.fromHexDigits(text.substring(at - 4, at));
            }
            default -> throw bad("no escape \\" + c, null);
        };
    }

    /** Whether the list ends here; what separates its elements has been passed. */
    private boolean closes(String end) {
        blank();
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
            blank();
        }
        if (!text.startsWith(end, at)) {
            return false;
        }
        at += end.length();
        return true;
    }

    /** {@code _} or {@code _0} to {@code _7} behind an opening bracket. */
    private void indicator() {
        if (text.charAt(at) == '_') {
            at++;
            if (Character.isDigit(text.charAt(at))) {
                at++;
            }
        }
    }

    private void expect(char c) throws BadMessageException {
        if (text.charAt(at) != c) {
            throw bad("expected '" + c + "'", null);
        }
        at++;
    }

    /** Passes white space and comments. */
    private void blank() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#' || text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == '/') {
                int end = text.indexOf('/', at + 1);
                at = end < 0 ? text.length() : end + 1;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                return;
            }
        }
    }

    private BadMessageException bad(String what, @Nullable Throwable cause) {
        return new BadMessageException("bad diagnostic notation at character " + at + ": " + what, cause);
    }
}
