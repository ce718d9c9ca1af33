package dev.haft.runtime.command;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Registers the commands as a function of the JDK's types, which the launcher outside of the framework can call. */
public final class Activator implements BundleActivator {
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** For the framework. */
    public Activator() {}

    @Override
    public void start(BundleContext context) {
        ToIntFunction<String[]> commands = args -> HaftCommand.run(context, stopping, args);
        context.registerService(
                ToIntFunction.class.getName(), commands, FrameworkUtil.asDictionary(Map.of("haft.command", "true")));
    }

    @Override
    public void stop(BundleContext context) {
        stopping.countDown();
    }
}
