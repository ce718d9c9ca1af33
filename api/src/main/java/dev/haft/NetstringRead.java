package dev.haft;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@link Reads#netstring}. */
record NetstringRead(int maxBytes) implements Read<byte[]> {
    @Override
    public Decoder<byte[]> begin(ReadContext context) {
        return new NetstringDecoder(maxBytes);
    }

    @Override
    public String toString() {
        return "netstring(" + maxBytes + ")";
    }

    /** Reads the length digit by digit, once. */
    private static final class NetstringDecoder implements Decoder<byte[]> {
        private final int maxBytes;
        private int digits;
        private long length;
        private boolean lengthKnown;

        NetstringDecoder(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public byte @Nullable [] decode(ByteBuffer in) throws BadMessageException {
            int start = in.position();
            while (!lengthKnown) {
                if (start + digits == in.limit()) {
                    return null;
                }
                length(in.get(start + digits));
            }
            int content = start + digits + 1;
            int available = in.limit() - content;
            if (available <= length) {
                return null;
            }
            int end = content + (int) length;
            if (in.get(end) != ',') {
                throw new BadMessageException("netstring does not end with a comma");
            }
            byte[] value = new byte[(int) length];
            in.get(content, value);
            in.position(end + 1);
            return value;
        }

        private void length(byte next) throws BadMessageException {
            if (next >= '0' && next <= '9') {
                if (digits == 1 && length == 0) {
                    throw new BadMessageException("netstring length has a leading zero");
                }
                length = length * 10 + (next - '0');
                digits++;
                if (length > maxBytes) {
                    throw BadMessageException.tooLong("netstring is longer than " + maxBytes + " bytes");
                }
            } else if (next == ':' && digits > 0) {
                lengthKnown = true;
            } else {
                throw new BadMessageException("netstring does not begin with its length and a colon");
            }
        }

        @Override
        public OptionalInt limitBytes() {
            // Ten digits at most, a colon, a comma.
            return maxBytes == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(Bytes.plus(maxBytes, 12));
        }
    }
}
