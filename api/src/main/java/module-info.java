/**
 * Event-driven I/O on stream handles: the interfaces, the values and the standard read and write types.
 *
 * <p>{@link dev.haft.Haft#open()} is the way in; an engine (module {@code dev.haft.engine}) must be there at run time.
 */
module dev.haft {
    requires static transitive org.jspecify;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;

    exports dev.haft;
    exports dev.haft.spi;
    exports dev.haft.tls;

    uses dev.haft.spi.HaftProvider;
}
