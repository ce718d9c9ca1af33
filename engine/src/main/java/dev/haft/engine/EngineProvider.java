package dev.haft.engine;

import dev.haft.Haft;
import dev.haft.engine.types.ServiceTypes;
import dev.haft.spi.HaftProvider;
import dev.haft.spi.HaftSettings;

/** Opens a Haft with an engine of its own: how {@link Haft#open()} finds this. */
public final class EngineProvider implements HaftProvider {
    /** Made by ServiceLoader. */
    public EngineProvider() {}

    @Override
    public Haft open(HaftSettings settings) {
        Engine engine = new Engine(settings);
        ServiceTypes.addAll(engine.types(), settings);
        ServiceTypes.addAll(engine.tls(), settings);
        return new EngineHaft(engine, "application", engine::close);
    }
}
