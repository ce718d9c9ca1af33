/** The engine: event loops, buffers, handles, listeners and the live registry of types. Exports nothing. */
module dev.haft.engine {
    requires dev.haft;
    requires static org.jspecify;
    requires static osgi.core;

    uses dev.haft.ReadType;
    uses dev.haft.WriteType;

    provides dev.haft.spi.HaftProvider with
            dev.haft.engine.EngineProvider;
}
