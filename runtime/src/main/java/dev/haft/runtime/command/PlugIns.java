package dev.haft.runtime.command;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** The folder of plug-ins: File Install watches it; what is there already is running when {@link #start} returns. */
record PlugIns(BundleContext context) {
    private static final String WATCHER = "org.apache.felix.fileinstall";

    void start(@Nullable Path chosen) throws Failure {
        Path folder = chosen != null ? chosen : standard();
        if (folder.toString().indexOf(',') >= 0) {
            throw new Failure("IO", "the folder of plug-ins must not have a comma in its name: " + folder);
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            if (chosen != null) {
                throw new Failure("IO", "no folder for plug-ins: " + e);
            }
            System.getLogger("haft.plugins").log(Level.DEBUG, "no folder for plug-ins", e);
            return;
        }
        // The watcher reads its settings when it starts, from the framework's or, as here, from the system's
        // properties.
        System.setProperty("felix.fileinstall.dir", folder.toAbsolutePath().toString());
        context.registerService(ArtifactInstaller.class, new UnusableJars(), null);
        for (Bundle bundle : context.getBundles()) {
            if (WATCHER.equals(bundle.getSymbolicName())) {
                start(bundle);
            }
        }
    }

    private Path standard() {
        String named = context.getProperty("haft.plugins");
        return Path.of(named != null ? named : "plugins");
    }

    private static void start(Bundle watcher) throws Failure {
        try {
            watcher.start(Bundle.START_TRANSIENT);
        } catch (BundleException e) {
            throw new Failure("IO", "plug-ins cannot be watched: " + e.getMessage());
        }
    }
}
