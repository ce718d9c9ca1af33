/** An example of a protocol: each line that comes goes back. */
module dev.haft.example.echo {
    requires transitive dev.haft;
    requires static org.jspecify;
    requires static osgi.core;

    exports dev.haft.example.echo;
}
