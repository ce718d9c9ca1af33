package dev.haft;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@link Reads#proxyHeader}: tells the two versions apart by their first byte. */
enum ProxyRead implements Read<ProxyHeader> {
    PROXY_HEADER;

    @Override
    public Decoder<ProxyHeader> begin(ReadContext context) {
        return new ProxyDecoder();
    }

    @Override
    public String toString() {
        return "proxyHeader";
    }

    private static final class ProxyDecoder implements Decoder<ProxyHeader> {
        private @Nullable Decoder<ProxyHeader> version;

        @Override
        public @Nullable ProxyHeader decode(ByteBuffer in) throws BadMessageException {
            Decoder<ProxyHeader> known = version;
            if (known == null) {
                if (!in.hasRemaining()) {
                    return null;
                }
                known = in.get(in.position()) == 'P' ? new ProxyLineDecoder() : new ProxyBlockDecoder();
                version = known;
            }
            return known.decode(in);
        }

        @Override
        public OptionalInt limitBytes() {
            return OptionalInt.of(ProxyBlockDecoder.MAX_BYTES);
        }
    }
}
