package dev.haft.runtime.command;

import dev.haft.Endpoint;
import dev.haft.HandleOptions;
import dev.haft.ListenOptions;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import java.time.Duration;
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

    @Option(
            names = "--idle-timeout",
            paramLabel = "DURATION",
            defaultValue = "5m",
            description = {
                "end connections on which nothing is received or sent for so long, ${DEFAULT-VALUE} by default; 0: none",
                "a protocol may have a time of its own, as smtp has"
            })
    private Duration idleTimeout;

    @Mixin
    private final CertificateOptions certificate = new CertificateOptions();

    @Mixin
    private final ClientAuthOptions clientAuth = new ClientAuthOptions();

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
        ListenOptions options =
                ListenOptions.of(HandleOptions.builder().timeout(idleTimeout).build());
        try (ServedProtocols served = new ServedProtocols(
                context, endpoints, options, tls, spec.commandLine().getOut())) {
            served.open();
            stopping.await();
        }
        return 0;
    }

    private TlsContext tls() throws Failure {
        TlsIdentity given = certificate.identity(spec);
        TlsIdentity identity = given == null ? DemoCertificate.make() : given;
        TlsOptions.Builder options = TlsOptions.builder().identity(identity);
        clientAuth.addTo(options, spec);
        TlsContext tls = options.build().context();
        if (given != null || clientAuth.areAsked()) {
            HaftCommand.prepare(context, tls, TlsRole.SERVER);
        }
        return tls;
    }
}
