package dev.haft.itests.osgi;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.Haft;
import dev.haft.HandleException;
import dev.haft.Reads;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsPassword;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsTrust;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** TLS by the bundle that provides it, which comes and goes while the engine runs. */
public class TlsIT extends InFelix {
    private static final String PASSWORD = "changeit";

    private Haft haft;

    @Before
    public void getHaft() throws InterruptedException {
        haft = haft();
    }

    /** Both sides': a key of the test's own, made by the JDK's tool. */
    private static TlsContext context() throws Exception {
        Path folder = Files.createTempDirectory("haft-tls");
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(said, 0, keytool.waitFor());
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        Files.delete(file);
        Files.delete(folder);
        return TlsOptions.builder()
                .identity(TlsIdentity.keyStore(store, "test", TlsPassword.of(PASSWORD)))
                .trust(TlsTrust.certificates(List.of((X509Certificate) store.getCertificate("test"))))
                .build()
                .context();
    }

    private void talk(TlsContext context) throws Exception {
        try (Link link = Link.open(haft)) {
            link.near().startTls(TlsRole.CLIENT, context).pushWrite("hello\n");
            link.far().startTls(TlsRole.SERVER, context).pushWrite("welcome\n");
            assertEquals("hello", soon(link.far().read(Reads.line())));
            assertEquals("welcome", soon(link.near().read(Reads.line())));
            assertNotNull(link.near().tlsSession());
        }
    }

    @Test
    public void handsAreShakenAndTheJvmsProvidersAreNotTouched() throws Exception {
        Provider[] before = Security.getProviders();
        talk(context());
        assertArrayEquals(before, Security.getProviders());
        for (Provider provider : before) {
            assertTrue(provider.toString(), !provider.getName().startsWith("BC"));
        }
    }

    @Test
    public void withoutItsBundleThereIsNoTlsAndThenThereIsAgain() throws Exception {
        TlsContext context = context();
        talk(context);
        Bundle tls = installed("dev.haft.tls.bc");
        for (int i = 0; i < 3; i++) {
            tls.stop();
            try (Link link = Link.open(haft)) {
                link.far().startTls(TlsRole.SERVER, context);
                HandleException error = link.error();
                assertEquals(ErrorCode.TLS_FAILED, error.code());
                assertEquals("no TLS provider", error.getMessage());
            }
            tls.start();
            talk(context);
        }
    }

    /** The context lives on; what the bundle has made of it does not. */
    @Test
    public void aStoppedBundleLeavesNothingBehind() throws Exception {
        TlsContext context = context();
        Bundle tls = installed("dev.haft.tls.bc");
        String location = tls.getLocation();
        talk(context);
        WeakReference<ClassLoader> loader =
                new WeakReference<>(tls.adapt(BundleWiring.class).getClassLoader());
        tls.uninstall();
        assertTrue("its class loader is kept", Guest.isCollected(loader));
        this.context.installBundle(location).start();
        talk(context);
    }
}
