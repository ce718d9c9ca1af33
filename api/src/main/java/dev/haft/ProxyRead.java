package dev.haft;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@link Reads#proxyHeader}: tells the two versions apart by their first byte. */
record ProxyRead(int maxBytes) implements Read<ProxyHeader> {
    ProxyRead {
        Bytes.atLeast(ProxyBlockDecoder.HEAD_BYTES, maxBytes, "proxyHeader");
    }

    @Override
    public Decoder<ProxyHeader> begin(ReadContext context) {
        return new ProxyDecoder(maxBytes);
    }

    @Override
    public String toString() {
        return "proxyHeader";
    }

    private static final class ProxyDecoder implements Decoder<ProxyHeader> {
        private final int maxBytes;
        private @Nullable Decoder<ProxyHeader> version;

        ProxyDecoder(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public @Nullable ProxyHeader decode(ByteBuffer in) throws BadMessageException {
            Decoder<ProxyHeader> known = version;
            if (known == null) {
                if (!in.hasRemaining()) {
                    return null;
                }
                known = in.get(in.position()) == 'P' ? new ProxyLineDecoder() : new ProxyBlockDecoder(maxBytes);
                version = known;
            }
            return known.decode(in);
        }

        @Override
        public OptionalInt limitBytes() {
            return OptionalInt.of(
                    Math.max(ProxyLineDecoder.MAX_BYTES, Math.min(maxBytes, ProxyBlockDecoder.MAX_BYTES)));
        }
    }
}
