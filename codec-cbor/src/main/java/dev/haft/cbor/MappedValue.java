package dev.haft.cbor;

import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import dev.haft.BadMessageException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** An item as a value of a class. */
final class MappedValue {
    /** Of these the library would give its own objects. */
    private static final Set<Class<?>> PLAIN =
            Set.of(Object.class, Map.class, List.class, Collection.class, Number.class);

    private MappedValue() {}

    @SuppressWarnings("unchecked")
    static <T> ItemValue<T> of(ItemValue<CBORObject> library, Class<T> type) {
        Objects.requireNonNull(type, "type");
        if (type == CBORObject.class) {
            return (ItemValue<T>) library;
        }
        return PLAIN.contains(type)
                ? (item, depth) -> plain(library.of(item, depth), type)
                : (item, depth) -> mapped(library.of(item, depth), type);
    }

    private static <T> T plain(CBORObject value, Class<T> type) throws BadMessageException {
        Object plain = PlainValues.of(value);
        if (!type.isInstance(plain)) {
            throw new BadMessageException("bad CBOR: it is no value of " + type.getName());
        }
        return type.cast(plain);
    }

    private static <T> T mapped(CBORObject value, Class<T> type) throws BadMessageException {
        T mapped;
        try {
            mapped = value.ToObject(type);
        } catch (CBORException | IllegalArgumentException | IllegalStateException | ArithmeticException e) {
            throw new BadMessageException("bad CBOR: no " + type.getName() + ": " + e.getMessage(), e);
        }
        if (mapped == null) {
            throw new BadMessageException("bad CBOR: it is no value of " + type.getName());
        }
        return mapped;
    }
}
