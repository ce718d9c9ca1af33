package dev.haft.itests.app;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.Listener;
import dev.haft.Read;
import dev.haft.Types.Origin;
import dev.haft.UncheckedHandleException;
import dev.haft.Write;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** For each type that is named on the command line: sends a list, gets it back, and prints what it has got. */
public final class Main {
    private static final int SECONDS = 30;

    private Main() {}

    /**
     * Prints where it runs, then a line for each type.
     *
     * @param names of types
     * @throws Exception if something fails that must not
     */
    public static void main(String[] names) throws Exception {
        print("program in " + moduleOf(Main.class));
        try (Haft haft = Haft.open()) {
            for (String name : names) {
                print(name + " " + talk(haft, name));
            }
        }
    }

    private static String talk(Haft haft, String name) throws Exception {
        Read<Object> read = haft.types().read(name);
        Write<Object> write = haft.types().write(name);
        try (Listener listener = haft.listen(
                        Endpoint.tcp("127.0.0.1", 0),
                        peer -> peer.onEof(Handle::close).onEach(read, (h, value) -> h.pushWrite(write, value)));
                Handle handle = haft.connect(listener.endpoint())) {
            handle.pushWrite(write, List.of("a", 1));
            Object value = handle.read(read).get(SECONDS, TimeUnit.SECONDS);
            return "of " + origins(haft, name) + " reads " + moduleOf(value.getClass()) + "/"
                    + value.getClass().getSimpleName() + " " + value;
        } catch (UncheckedHandleException e) {
            return e.code().toString();
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        }
    }

    private static String origins(Haft haft, String name) {
        return haft.types().readOrigins().stream()
                .filter(origin -> origin.name().equals(name))
                .map(Origin::origin)
                .collect(Collectors.joining(","));
    }

    private static String moduleOf(Class<?> type) {
        String name = type.getModule().getName();
        return name == null ? "no module" : name;
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
