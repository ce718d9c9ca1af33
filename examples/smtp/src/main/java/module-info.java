/** An example of a protocol with STARTTLS: a mail server that keeps nothing. */
module dev.haft.example.smtp {
    requires transitive dev.haft;
    requires static org.jspecify;
    requires static osgi.core;

    exports dev.haft.example.smtp;
}
