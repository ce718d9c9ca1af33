package dev.haft.tls.bc;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsSecret;

/**
 * A key exchange that calls a bad share of the peer what it is: BouncyCastle's ML-KEM fails with unchecked exceptions, some of
 * them only when the share is used.
 */
record CheckedAgreement(TlsAgreement agreement) implements TlsAgreement {
    @Override
    public byte[] generateEphemeral() throws IOException {
        try {
            return agreement.generateEphemeral();
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    @Override
    public void receivePeerValue(byte[] peerValue) throws IOException {
        try {
            agreement.receivePeerValue(peerValue);
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    @Override
    public TlsSecret calculateSecret() throws IOException {
        return agreement.calculateSecret();
    }

    private static TlsFatalAlert malformed(IllegalArgumentException cause) {
        return new TlsFatalAlert(
                AlertDescription.illegal_parameter, "the peer's share of the key exchange is malformed", cause);
    }
}
