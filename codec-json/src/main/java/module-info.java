/**
 * JSON for Haft, on Jackson databind.
 *
 * <p>{@link dev.haft.json.Json} is the way in; by name the types are {@code json}.
 */
module dev.haft.json {
    requires transitive dev.haft;
    requires transitive com.fasterxml.jackson.core;
    requires transitive com.fasterxml.jackson.databind;
    requires static org.jspecify;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
    requires static osgi.core;

    exports dev.haft.json;

    provides dev.haft.ReadType with
            dev.haft.json.JsonReadType;
    provides dev.haft.WriteType with
            dev.haft.json.JsonWriteType;
}
