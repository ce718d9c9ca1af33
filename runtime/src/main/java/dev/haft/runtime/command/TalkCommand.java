package dev.haft.runtime.command;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.HandleOptions;
import dev.haft.tls.TlsRole;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Standard input to a peer, and the peer to standard output. */
@Command(
        name = "talk",
        description = {
            "Sends the values of standard input to a peer, and prints those that the peer sends.",
            "Ends when the peer does. A TYPE is NAME or NAME:ARG,ARG: line, json, cbor, netstring, chunk:4, raw; haft types"
                    + " lists them. A comma within an ARG has a backslash before it."
        })
final class TalkCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "ENDPOINT",
            description = {
                "the peer: tcp://HOST:PORT or unix:PATH",
                "HOST may be [IPV6]; PORT a service, such as imap, or NAME=PORT"
            })
    private Endpoint endpoint;

    @Option(
            names = "--write",
            paramLabel = "TYPE",
            defaultValue = "line",
            description = {
                "what the peer is sent, ${DEFAULT-VALUE} by default",
                "standard input has values of the same type; for netstring, each of its lines is one; for cbor,"
                        + " they are in diagnostic notation"
            })
    private TypeSpec write;

    @Option(
            names = "--read",
            paramLabel = "TYPE",
            defaultValue = "line",
            description = {
                "what the peer sends, ${DEFAULT-VALUE} by default",
                "each value is printed on a line of its own; raw as it comes, cbor in diagnostic notation"
            })
    private TypeSpec read;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "fail if nothing is sent or received for so long: 5s, 500ms, 2m, PT5S; for ever by default")
    private @Nullable Duration timeout;

    @Option(
            names = "--connect-timeout",
            paramLabel = "DURATION",
            description = "fail if connecting takes longer; 30s by default")
    private @Nullable Duration connectTimeout;

    @Mixin
    private final TlsClientOptions tlsOptions = new TlsClientOptions();

    @Spec
    private CommandSpec spec;

    private final HaftCommand haft;
    private final BundleContext context;

    TalkCommand(HaftCommand haft, BundleContext context) {
        this.haft = haft;
        this.context = context;
    }

    @Override
    public Integer call() throws Failure {
        if (!isPeer(endpoint)) {
            throw misuse("endpoint '" + endpoint + "' needs a host and a port");
        }
        haft.startPlugIns();
        Haft engine = HaftCommand.engine(context);
        try {
            KnownTypes.checkWrite(write, engine.types());
            KnownTypes.checkRead(read, engine.types());
        } catch (IllegalArgumentException e) {
            throw misuse(e.getMessage());
        }
        TalkTls tls = tlsOptions.tls(spec, haft.isVerbose());
        if (tls != null) {
            if (tls.checksName() && tls.name() == null && endpoint instanceof Endpoint.Unix) {
                throw misuse("TLS at unix:PATH needs the --name that its certificate must have, or --insecure");
            }
            HaftCommand.prepare(context, tls.context(), TlsRole.CLIENT);
        }
        TalkPlan plan = new TalkPlan(
                endpoint,
                options(tls),
                tls,
                StdinRead.of(write, engine.types()),
                engine.types().write(write.name(), write.arguments()),
                engine.types().read(read.name(), read.arguments()),
                Printer.of(read, engine.types()));
        return Talk.run(engine, plan, spec.commandLine().getErr());
    }

    /** Whether it can be connected to, and not only listened on. */
    private static boolean isPeer(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.Service service) {
            return !service.host().isEmpty();
        }
        return !(endpoint instanceof Endpoint.Tcp tcp)
                || (tcp.port() != 0 && !tcp.host().isEmpty());
    }

    private HandleOptions options(@Nullable TalkTls tls) {
        HandleOptions.Builder options = HandleOptions.builder();
        if (tls != null) {
            options.peerName(tls.name());
        }
        if (tls != null && tls.after() == null) {
            options.tls(TlsRole.CLIENT, tls.context());
        }
        if (timeout != null) {
            options.timeout(timeout);
        }
        if (connectTimeout != null) {
            options.connectTimeout(connectTimeout);
        }
        return options.build();
    }

    private ParameterException misuse(@Nullable String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
