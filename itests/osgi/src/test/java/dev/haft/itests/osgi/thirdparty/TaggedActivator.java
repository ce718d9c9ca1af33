package dev.haft.itests.osgi.thirdparty;

import dev.haft.ReadType;
import java.util.Dictionary;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/** Registers a {@link Tagged}, whose name, tag and ranking are headers of the bundle. */
public final class TaggedActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        Dictionary<String, String> headers = context.getBundle().getHeaders();
        Tagged type = new Tagged(headers.get("Type-Name"), headers.get("Type-Tag"));
        int ranking = Integer.parseInt(headers.get("Type-Ranking"));
        context.registerService(
                ReadType.class, type, FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, ranking)));
    }

    @Override
    public void stop(BundleContext context) {}
}
