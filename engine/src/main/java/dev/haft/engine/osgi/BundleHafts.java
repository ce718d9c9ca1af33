package dev.haft.engine.osgi;

import dev.haft.Haft;
import dev.haft.engine.Engine;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** Gives each bundle a Haft of its own over the shared engine; it ends when the bundle stops or lets it go. */
final class BundleHafts implements ServiceFactory<Haft> {
    private static final System.Logger LOG = System.getLogger(BundleHafts.class.getName());

    private final Engine engine;
    private final Set<BundleHaft> given = ConcurrentHashMap.newKeySet();

    BundleHafts(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Haft getService(Bundle bundle, ServiceRegistration<Haft> registration) {
        BundleHaft haft = new BundleHaft(engine, String.valueOf(bundle.getSymbolicName()));
        given.add(haft);
        return haft;
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<Haft> registration, Haft service) {
        BundleHaft haft = (BundleHaft) service;
        given.remove(haft);
        haft.end();
    }

    /** The engine stops: all handles of all bundles end at the same time, not one bundle after the other. */
    void endAll() {
        CompletableFuture<Void> all =
                CompletableFuture.allOf(given.stream().map(BundleHaft::beginEnd).toArray(CompletableFuture[]::new));
        try {
            all.get(BundleHaft.STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "some handles had to be cut off", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        given.forEach(BundleHaft::cut);
    }
}
