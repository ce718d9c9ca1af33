/** An example of a protocol: remote calls as JSON or CBOR values, with types that come and go by their names. */
module dev.haft.example.rpc {
    requires transitive dev.haft;
    requires static org.jspecify;
    requires static osgi.core;

    exports dev.haft.example.rpc;
}
