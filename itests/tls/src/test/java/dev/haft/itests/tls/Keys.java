package dev.haft.itests.tls;

import dev.haft.testkit.SelfSigned;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** A key and its certificate for {@code localhost}, for our engine and for the JDK's. */
final class Keys {
    private final SelfSigned key = SelfSigned.make();
    private final SSLContext jdk = key.jdkContext();

    private Keys() {}

    static Keys make() {
        return new Keys();
    }

    /** Both sides' options. */
    TlsOptions.Builder options() {
        return key.options();
    }

    /** The same as text. */
    void writePem(Path certificate, Path key) throws IOException, GeneralSecurityException {
        Files.writeString(certificate, pem("CERTIFICATE", this.key.certificate().getEncoded()));
        Files.writeString(key, pem("PRIVATE KEY", this.key.key().getEncoded()));
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + what
                + "-----\n";
    }

    /** The JDK's engine. */
    TlsEngine jdk(TlsRole role, String protocol) {
        SSLEngine engine = jdk.createSSLEngine("localhost", 0);
        engine.setUseClientMode(role == TlsRole.CLIENT);
        engine.setEnabledProtocols(new String[] {protocol});
        return TlsEngine.of(engine);
    }
}
