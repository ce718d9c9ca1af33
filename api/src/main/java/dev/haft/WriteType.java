package dev.haft;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A write type under a name: the plug-in of a third party. Found as an OSGi service, by
 * {@link java.util.ServiceLoader}, or by {@link Types#register(WriteType)}; used by {@link Types#write}.
 *
 * <p><b>Thread safety</b>: must be thread-safe.
 *
 * <p>Source: parity {@code w.custom}.
 */
@ConsumerType
public interface WriteType {
    /**
     * The name, such as {@code json}.
     *
     * @return not empty, without white space and colons
     */
    String name();

    /**
     * A write of this type.
     *
     * @param args what configures it; each may also be a String as typed on a command line ({@code "4"} for 4)
     * @return the write; it answers a value that it cannot write with {@link BadMessageException}
     * @throws IllegalArgumentException if the type does not take these arguments
     */
    Write<Object> write(Object... args);
}
