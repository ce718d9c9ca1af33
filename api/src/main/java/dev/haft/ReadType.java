package dev.haft;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A read type under a name: the plug-in of a third party. Found as an OSGi service, by {@link java.util.ServiceLoader},
 * or by {@link Types#register(ReadType)}; used by {@link Types#read}.
 *
 * <p><b>Thread safety</b>: must be thread-safe.
 *
 * <p>Source: parity {@code r.custom}.
 */
@ConsumerType
public interface ReadType {
    /**
     * The name, such as {@code json}.
     *
     * @return not empty, without white space and colons
     */
    String name();

    /**
     * A read of this type.
     *
     * @param args what configures it; each may also be a String as typed on a command line ({@code "4"} for 4)
     * @return the read
     * @throws IllegalArgumentException if the type does not take these arguments
     */
    Read<Object> read(Object... args);
}
