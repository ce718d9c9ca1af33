/**
 * For tests of read and write types and of protocols; knows no test framework.
 *
 * <p>{@link dev.haft.testkit.DecoderVerifier} is the way in.
 */
module dev.haft.testkit {
    requires transitive dev.haft;
    requires static org.jspecify;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;

    exports dev.haft.testkit;
}
