package dev.haft.itests.app;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.ListenOptions;
import dev.haft.Listener;
import dev.haft.Read;
import dev.haft.Reads;
import dev.haft.Types.Origin;
import dev.haft.UncheckedHandleException;
import dev.haft.Write;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsPassword;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsSession;
import dev.haft.tls.TlsTrust;
import java.io.File;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * For each type that is named on the command line: sends a list, gets it back, and prints what it has got. For {@code tls=FILE}
 * it shakes hands with the key of that file.
 */
public final class Main {
    private static final int SECONDS = 30;
    private static final String TLS = "tls=";

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
                print(
                        name.startsWith(TLS)
                                ? shakeHands(haft, name.substring(TLS.length()))
                                : name + " " + talk(haft, name));
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

    private static String shakeHands(Haft haft, String file) throws Exception {
        TlsIdentity identity = TlsIdentity.pkcs12(Path.of(file), TlsPassword.of("changeit"));
        KeyStore store = KeyStore.getInstance(new File(file), "changeit".toCharArray());
        X509Certificate trusted = (X509Certificate) store.getCertificate("test");
        HandleOptions serving = HandleOptions.builder()
                .tls(TlsRole.SERVER, TlsOptions.builder().identity(identity).build())
                .build();
        HandleOptions calling = HandleOptions.builder()
                .tls(
                        TlsRole.CLIENT,
                        TlsOptions.builder()
                                .trust(TlsTrust.certificates(List.of(trusted)))
                                .build())
                .build();
        try (Listener listener = haft.listen(
                        Endpoint.tcp("127.0.0.1", 0),
                        ListenOptions.of(serving),
                        peer -> peer.onEof(Handle::close)
                                .onEach(Reads.line(), (h, text) -> h.pushWrite(text + " back\n")));
                Handle handle = haft.connect(Endpoint.tcp("localhost", listener.port()), calling)) {
            String answer = handle.pushWrite("there and\n").read(Reads.line()).get(SECONDS, TimeUnit.SECONDS);
            TlsSession session = handle.tlsSession();
            return (session == null ? "clear text" : session.protocol()) + " " + answer;
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
