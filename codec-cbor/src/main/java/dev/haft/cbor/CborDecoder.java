package dev.haft.cbor;

import dev.haft.BadMessageException;
import dev.haft.Decoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Finds the end of an item by {@link CborScanner}, and gives exactly these bytes to who makes a value of them. */
final class CborDecoder<T> implements Decoder<T> {
    private final ItemValue<T> value;
    private final ItemRules rules;
    private final CborScanner scanner;

    CborDecoder(ItemValue<T> value, ItemRules rules) {
        this.value = value;
        this.rules = rules;
        this.scanner = new CborScanner(rules);
    }

    @Override
    public @Nullable T decode(ByteBuffer in) throws BadMessageException {
        byte[] bytes = in.array();
        int start = in.arrayOffset() + in.position();
        int size = scanner.scan(bytes, start, start + in.remaining());
        if (size == CborScanner.MORE) {
            return null;
        }
        T made = value.of(Arrays.copyOfRange(bytes, start, start + size), scanner.deepest());
        in.position(in.position() + size);
        return made;
    }

    @Override
    public OptionalInt limitBytes() {
        return rules.waitingBytes();
    }

    @Override
    public String toString() {
        return "cbor, " + scanner;
    }
}
