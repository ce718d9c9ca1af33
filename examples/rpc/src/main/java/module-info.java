/** An example of a protocol: remote calls as JSON values, with a type that comes and goes by its name. */
module dev.haft.example.rpc {
    requires transitive dev.haft;
    requires com.fasterxml.jackson.databind;
    requires static org.jspecify;
    requires static osgi.core;

    exports dev.haft.example.rpc;
}
