package com.example.terminated;

import dev.haft.Decoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Looks for the NUL, going on from where it stopped the last time. */
final class TerminatedDecoder implements Decoder<Object> {
    private int looked;

    @Override
    public @Nullable Object decode(ByteBuffer in) {
        for (; looked < in.remaining(); looked++) {
            if (in.get(in.position() + looked) == 0) {
                byte[] bytes = new byte[looked];
                in.get(bytes).get();
                return new Text(new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return null;
    }
}
