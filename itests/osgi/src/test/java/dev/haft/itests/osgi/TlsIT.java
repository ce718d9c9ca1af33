package dev.haft.itests.osgi;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.Haft;
import dev.haft.HandleException;
import dev.haft.Reads;
import dev.haft.testkit.SelfSigned;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsRole;
import java.lang.ref.WeakReference;
import java.security.Provider;
import java.security.Security;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** TLS by the bundle that provides it, which comes and goes while the engine runs. */
public class TlsIT extends InFelix {
    private Haft haft;

    @Before
    public void getHaft() throws InterruptedException {
        haft = haft();
    }

    private static TlsContext context() {
        return SelfSigned.make().options().build().context();
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
