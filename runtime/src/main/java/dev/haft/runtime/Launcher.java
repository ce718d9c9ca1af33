package dev.haft.runtime;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The program: boots the framework, runs the command that the arguments name, and ends with its exit status.
 *
 * <p>System properties: {@code haft.bundles}, the folder with the bundles of the distribution; {@code haft.plugins}, the
 * folder with plug-ins when the command line names none.
 */
public final class Launcher {
    private static final int FAILED = 1;

    private Launcher() {}

    /**
     * Runs one command.
     *
     * @param args the command line
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        // Set before anybody logs, but done only when somebody does: most commands log nothing.
        System.setProperty("java.util.logging.config.class", LogConfiguration.class.getName());
        int status = FAILED;
        try (Container container = Container.create()) {
            Runtime.getRuntime().addShutdownHook(new Thread(container::close, "haft-shutdown"));
            container.start(Path.of(System.getProperty("haft.bundles", "bundles")));
            status = container.command().applyAsInt(args);
        } catch (BootException | IOException e) {
            System.err.println("haft: " + Explanation.of(e));
        }
        System.exit(status);
    }
}
