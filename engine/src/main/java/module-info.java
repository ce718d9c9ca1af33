/** The engine: event loops, buffers, handles, listeners and the live registry of types. Exports nothing. */
module dev.haft.engine {
    requires dev.haft;
    // For SRV records, at run time only where it is there: see dev.haft.spi.Resolver.
    requires static java.naming;
    requires static org.jspecify;
    requires static osgi.core;

    uses dev.haft.ReadType;
    uses dev.haft.WriteType;
    uses dev.haft.tls.TlsProvider;

    provides dev.haft.spi.HaftProvider with
            dev.haft.engine.EngineProvider;
}
