/** A program that requires the API and no more: engine and types are found as services. */
module dev.haft.itests.app {
    requires dev.haft;
    requires static org.jspecify;
}
