package dev.haft;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Version 1 of the PROXY protocol: a line of text. Looks at each byte once. */
final class ProxyLineDecoder implements Decoder<ProxyHeader> {
    static final int MAX_BYTES = 107;
    private static final String UNKNOWN = "PROXY UNKNOWN";
    private static final List<String> BEGINNINGS = List.of("PROXY TCP4 ", "PROXY TCP6 ", UNKNOWN);

    private final StringBuilder line = new StringBuilder();

    @Override
    public @Nullable ProxyHeader decode(ByteBuffer in) throws BadMessageException {
        int start = in.position();
        while (start + line.length() < in.limit()) {
            if (line.length() == MAX_BYTES) {
                throw BadMessageException.tooLong("PROXY header is longer than " + MAX_BYTES + " bytes");
            }
            line.append((char) (in.get(start + line.length()) & 0xff));
            check();
            if (line.charAt(line.length() - 1) == '\n') {
                in.position(start + line.length());
                return header();
            }
        }
        return null;
    }

    /** Whether the last character may stand where it does. */
    private void check() throws BadMessageException {
        int length = line.length();
        char last = line.charAt(length - 1);
        boolean afterReturn = length > 1 && line.charAt(length - 2) == '\r';
        boolean allowed = (last == '\n') == afterReturn && (isBeginning() || isAllowed(last));
        if (!allowed) {
            throw new BadMessageException("no PROXY header");
        }
    }

    private boolean isBeginning() {
        return BEGINNINGS.stream().anyMatch(b -> b.startsWith(line.toString()));
    }

    private boolean isAllowed(char last) {
        boolean known = BEGINNINGS.stream().anyMatch(b -> line.indexOf(b) == 0);
        if (!known) {
            return false;
        }
        if (line.indexOf(UNKNOWN) != 0) {
            return last == '\r' || last == '\n' || last == ' ' || last == ':' || last == '.' || isHexDigit(last);
        }
        return line.length() > UNKNOWN.length() + 1 || last == ' ' || last == '\r';
    }

    private static boolean isHexDigit(char c) {
        return c < 128 && Character.digit(c, 16) >= 0;
    }

    private ProxyHeader header() throws BadMessageException {
        if (line.indexOf(UNKNOWN) == 0) {
            return new ProxyHeader(1, false, ProxyHeader.Family.UNSPEC, null, null, List.of());
        }
        String[] fields = line.substring(0, line.length() - 2).split(" ", -1);
        if (fields.length != 6) {
            throw new BadMessageException("PROXY header has " + fields.length + " fields, not 6");
        }
        boolean six = fields[1].equals("TCP6");
        return new ProxyHeader(
                1,
                false,
                six ? ProxyHeader.Family.TCP6 : ProxyHeader.Family.TCP4,
                ProxyAddresses.ofText(six, fields[2], fields[4]),
                ProxyAddresses.ofText(six, fields[3], fields[5]),
                List.of());
    }
}
