package dev.haft.tls.bc;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** BouncyCastle's client of TLS 1.2 with one suite; it trusts anybody, and sends whatever records it is told to. */
final class RawClient extends TlsClientProtocol {
    RawClient(int suite) throws IOException {
        connect(new DefaultTlsClient(new BcTlsCrypto(new SecureRandom())) {
            @Override
            protected ProtocolVersion[] getSupportedVersions() {
                return ProtocolVersion.TLSv12.only();
            }

            @Override
            protected int[] getSupportedCipherSuites() {
                return new int[] {suite};
            }

            @Override
            public TlsAuthentication getAuthentication() {
                return new TlsAuthentication() {
                    @Override
                    public void notifyServerCertificate(TlsServerCertificate shown) {}

                    @Override
                    public TlsCredentials getClientCredentials(CertificateRequest request) {
                        return null;
                    }
                };
            }
        });
    }

    /** BouncyCastle's own ends with it. */
    @Override
    protected void handleAlertWarningMessage(short alert) throws IOException {
        if (alert != AlertDescription.no_renegotiation) {
            super.handleAlertWarningMessage(alert);
        }
    }

    void record(int type, byte[] content) throws IOException {
        safeWriteRecord((short) type, content, 0, content.length);
    }

    byte[] output() {
        byte[] bytes = new byte[getAvailableOutputBytes()];
        readOutput(bytes, 0, bytes.length);
        return bytes;
    }
}
