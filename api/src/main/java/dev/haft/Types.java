package dev.haft;

import java.util.List;
import java.util.SortedSet;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Names to read and write types, as they are known now: they come and go with their bundles.
 *
 * <p>If several types have one name the one with the highest OSGi {@code service.ranking} counts, then the oldest; one
 * that was registered here counts 0, the standard types are last.
 *
 * <p><b>Thread safety</b>: thread-safe.
 *
 * <p>Source: parity {@code r.custom}, {@code w.custom}.
 */
@ProviderType
public interface Types {
    /**
     * A type that is known, for people and tools.
     *
     * @param name the name
     * @param origin the bundle or module that it comes from
     */
    record Origin(String name, String origin) {}

    /** Taken back by {@link #close()}. */
    @ProviderType
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        /** Takes the type, or the listener, out again; does nothing the second time. */
        @Override
        void close();
    }

    /**
     * A read by name. The type is looked up each time a read of it begins (at its first byte), so this may be kept and
     * follows types that come and go. A read that has begun ends with the decoder that it has.
     *
     * @param name such as {@code json}
     * @param args handed to {@link ReadType#read}
     * @return a read; it fails with {@link ErrorCode#TYPE_UNAVAILABLE} when there is no such type then, and with
     *     {@link ErrorCode#BAD_MESSAGE} when the type does not take these arguments; its bytes stay
     */
    Read<Object> read(String name, Object... args);

    /**
     * A write by name. The type is looked up for each value.
     *
     * @param name such as {@code json}
     * @param args handed to {@link WriteType#write}
     * @return a write; {@code pushWrite} throws {@link UncheckedHandleException} with
     *     {@link ErrorCode#TYPE_UNAVAILABLE} when there is no such type then
     */
    Write<Object> write(String name, Object... args);

    /**
     * The names of all read types.
     *
     * @return a snapshot, sorted
     */
    SortedSet<String> readNames();

    /**
     * The names of all write types.
     *
     * @return a snapshot, sorted
     */
    SortedSet<String> writeNames();

    /**
     * The names of all types, read and write.
     *
     * @return a snapshot, sorted
     */
    SortedSet<String> names();

    /**
     * All read types and where they come from; of several with one name, the one that counts is first.
     *
     * @return a snapshot, sorted by name
     */
    List<Origin> readOrigins();

    /**
     * All write types and where they come from; of several with one name, the one that counts is first.
     *
     * @return a snapshot, sorted by name
     */
    List<Origin> writeOrigins();

    /**
     * Adds a read type, until the registration is closed or this Haft ends.
     *
     * @param type what
     * @return to take it out again
     */
    Registration register(ReadType type);

    /**
     * Adds a write type, until the registration is closed or this Haft ends.
     *
     * @param type what
     * @return to take it out again
     */
    Registration register(WriteType type);

    /**
     * Tells of changes.
     *
     * @param changed runs after a type came or went, on the thread that caused it; exceptions are logged
     * @return to stop telling
     */
    Registration onChange(Runnable changed);
}
