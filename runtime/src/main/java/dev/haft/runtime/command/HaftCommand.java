package dev.haft.runtime.command;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.HandleException;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsProvider;
import dev.haft.tls.TlsRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** What all commands have in common: their options, how they fail, and with which status. */
@Command(
        name = "haft",
        description = "Serves protocols, talks to servers, and tells which read and write types there are.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        scope = ScopeType.INHERIT)
final class HaftCommand {
    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "the folder whose jars are installed as bundles; by default plugins, beside the program")
    private @Nullable Path plugins;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "log details, to standard error")
    private boolean verbose;

    private final PlugIns folder;

    private HaftCommand(PlugIns folder) {
        this.folder = folder;
    }

    /** Installs and starts what is in the folder of plug-ins. */
    void startPlugIns() throws Failure {
        if (verbose) {
            Logger.getLogger("").setLevel(Level.FINE);
        }
        folder.start(plugins);
    }

    /** The Haft of this bundle. */
    static Haft engine(BundleContext context) throws Failure {
        ServiceReference<Haft> reference = context.getServiceReference(Haft.class);
        Haft haft = reference == null ? null : context.getService(reference);
        if (haft == null) {
            throw new Failure("IO", "there is no engine");
        }
        return haft;
    }

    /** Loads the files of TLS now, so that a mistake is told before anything is done. */
    static void prepare(BundleContext context, TlsContext tls, TlsRole role) throws Failure {
        ServiceReference<TlsProvider> reference = context.getServiceReference(TlsProvider.class);
        TlsProvider provider = reference == null ? null : context.getService(reference);
        if (provider == null) {
            // One may come; a handshake without one tells.
            return;
        }
        try {
            provider.prepare(tls, role);
        } catch (HandleException e) {
            throw new Failure(e.code().name(), e.getMessage());
        }
    }

    boolean isVerbose() {
        return verbose;
    }

    static int run(BundleContext context, CountDownLatch stopping, String... args) {
        HaftCommand haft = new HaftCommand(new PlugIns(context));
        CommandLine line = new CommandLine(haft);
        line.addSubcommand("serve", new ServeCommand(haft, context, stopping));
        line.addSubcommand("talk", new TalkCommand(haft, context));
        line.addSubcommand("types", new TypesCommand(haft, context));
        line.registerConverter(Duration.class, text -> converted(text, Durations::parse));
        line.registerConverter(Endpoint.class, text -> converted(text, Endpoint::parse));
        line.registerConverter(StartTls.class, text -> converted(text, StartTls::parse));
        line.registerConverter(TypeSpec.class, text -> converted(text, TypeSpec::parse));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(HaftCommand::misused);
        line.setExecutionExceptionHandler(HaftCommand::failed);
        String version = "haft " + context.getBundle().getHeaders("").get("Haft-Version");
        line.getCommandSpec().version(version);
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().version(version));
        return line.execute(args);
    }

    /** What the parsers say is for users; only this kind of exception is told to them without its class. */
    private static <T> T converted(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static int misused(ParameterException misuse, String... args) {
        CommandLine line = misuse.getCommandLine();
        line.getErr().println("haft: " + misuse.getMessage());
        line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        if (failure instanceof Failure) {
            line.getErr().println("haft: " + failure.getMessage());
        } else {
            // Not foreseen, so what can be known of it is wanted.
            failure.printStackTrace(line.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
