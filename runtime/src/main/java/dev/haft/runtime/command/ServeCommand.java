package dev.haft.runtime.command;

import dev.haft.Endpoint;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves all protocols until the framework stops. */
@Command(
        name = "serve",
        description = {
            "Serves each protocol of the bundles and plug-ins at its endpoint, until it is interrupted.",
            "Prints a line for each: its name and where it listens.",
            "TLS has the certificate that is given, or else one that is made for this run, for localhost."
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

    @Mixin
    private final CertificateOptions certificate = new CertificateOptions();

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
        TlsContext tls = tls();
        // For protocols that start TLS themselves.
        context.registerService(TlsContext.class, tls, null);
        try (ServedProtocols served =
                new ServedProtocols(context, endpoints, tls, spec.commandLine().getOut())) {
            served.open();
            stopping.await();
        }
        return 0;
    }

    private TlsContext tls() throws Failure {
        TlsIdentity given = certificate.identity(spec);
        TlsIdentity identity = given == null ? DemoCertificate.make() : given;
        TlsContext tls = TlsOptions.builder().identity(identity).build().context();
        if (given != null) {
            HaftCommand.prepare(context, tls, TlsRole.SERVER);
        }
        return tls;
    }
}
