package dev.haft.runtime.command;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;

/** Tells of plug-ins that come and go. */
final class PlugInLog implements BundleListener {
    private static final Logger LOG = System.getLogger("haft.plugins");

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        // Those of the distribution are installed by reference, and nothing is to be told of them.
        if (!bundle.getLocation().startsWith("file:")) {
            return;
        }
        switch (event.getType()) {
            case BundleEvent.STARTED -> told("started", bundle);
            case BundleEvent.STOPPED -> told("stopped", bundle);
            case BundleEvent.UPDATED -> told("updated", bundle);
            case BundleEvent.UNINSTALLED -> told("removed", bundle);
            default -> {}
        }
    }

    private static void told(String what, Bundle bundle) {
        LOG.log(Level.INFO, "{0} {1} {2}", what, bundle.getSymbolicName(), bundle.getVersion());
    }
}
