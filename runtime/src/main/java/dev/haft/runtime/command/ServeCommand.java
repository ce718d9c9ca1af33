package dev.haft.runtime.command;

import dev.haft.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves all protocols until the framework stops. */
@Command(
        name = "serve",
        description = {
            "Serves each protocol of the bundles and plug-ins at its endpoint, until it is interrupted.",
            "Prints a line for each: its name and where it listens."
        })
final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--listen",
            paramLabel = "NAME=ENDPOINT",
            description = {
                "listen for the protocol NAME at ENDPOINT, not at its own: tcp://HOST:PORT or unix:PATH",
                "port 0: the system chooses one; may be repeated"
            })
    private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();

    @Spec
    private CommandSpec spec;

    private final HaftCommand haft;
    private final BundleContext context;
    private final CountDownLatch stopping;

    ServeCommand(HaftCommand haft, BundleContext context, CountDownLatch stopping) {
        this.haft = haft;
        this.context = context;
        this.stopping = stopping;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        context.addBundleListener(new PlugInLog());
        haft.startPlugIns();
        try (ServedProtocols served =
                new ServedProtocols(context, endpoints, spec.commandLine().getOut())) {
            served.open();
            stopping.await();
        }
        return 0;
    }
}
