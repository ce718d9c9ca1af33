package dev.haft.runtime.command;

import java.io.File;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;

/**
 * Tells of jars that File Install leaves alone without a word, because they are no bundles. It asks each installer about
 * each new or changed file; this one never wants any, but it has looked.
 */
final class UnusableJars implements ArtifactInstaller {
    /** By file, when it was last changed: those that were told of are asked about again and again. */
    private final Map<File, Long> told = new HashMap<>();

    @Override
    public synchronized boolean canHandle(File file) {
        String lack = lack(file);
        Long changed = file.lastModified();
        if (lack == null) {
            told.remove(file);
        } else if (!changed.equals(told.put(file, changed))) {
            System.getLogger("haft.plugins").log(Level.WARNING, "{0} is not installed: {1}", file, lack);
        }
        return false;
    }

    private static @Nullable String lack(File file) {
        try (JarFile jar = new JarFile(file)) {
            Manifest manifest = jar.getManifest();
            Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
            for (String header : new String[] {Constants.BUNDLE_SYMBOLICNAME, Constants.BUNDLE_VERSION}) {
                if (headers.getValue(header) == null) {
                    return "its manifest has no " + header;
                }
            }
            return null;
        } catch (IOException e) {
            return "it is no jar: " + e.getMessage();
        }
    }

    @Override
    public void install(File file) {}

    @Override
    public void update(File file) {}

    @Override
    public void uninstall(File file) {}
}
