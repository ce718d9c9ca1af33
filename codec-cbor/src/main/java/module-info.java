/**
 * CBOR for Haft, on com.upokecenter:cbor, which is part of this module: its packages are exported from here.
 *
 * <p>{@link dev.haft.cbor.Cbor} is the way in; by name the types are {@code cbor}, and {@code cbor-text} for people.
 *
 * <p>A module path that also holds the original jar of that library (as an automatic module) works as long as no module
 * requires it by its name; one that reads both is refused by the JVM at the start, because of the two packages.
 */
module dev.haft.cbor {
    requires transitive dev.haft;
    requires static org.jspecify;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
    requires static osgi.core;

    exports com.upokecenter.cbor;
    exports com.upokecenter.numbers;
    exports dev.haft.cbor;

    provides dev.haft.ReadType with
            dev.haft.cbor.CborReadType,
            dev.haft.cbor.CborTextReadType;
    provides dev.haft.WriteType with
            dev.haft.cbor.CborWriteType,
            dev.haft.cbor.CborTextWriteType;
}
