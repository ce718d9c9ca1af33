package dev.haft.tls.bc.context;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.SingleResp;

/** The OCSP response that a server staples. Immutable. */
final class StapledResponse {
    private final byte[] encoded;
    private final Instant until;

    private StapledResponse(byte[] encoded, Instant until) {
        this.encoded = encoded;
        this.until = until;
    }

    /** In DER; not to be changed. */
    byte[] encoded() {
        return encoded;
    }

    /** When it expires; {@link Instant#MAX} if it does not say. */
    Instant until() {
        return until;
    }

    /**
     * Reads one.
     *
     * @param files notes what is read
     * @param file DER, as {@code openssl ocsp -respout} writes it
     * @return the response
     * @throws IOException if it is none, or says that it is an error
     */
    static StapledResponse load(WatchedFiles files, Path file) throws IOException {
        byte[] bytes = files.read(file);
        int status;
        try {
            OCSPResp response = new OCSPResp(bytes);
            status = response.getStatus();
            if (status == OCSPResp.SUCCESSFUL && response.getResponseObject() instanceof BasicOCSPResp basic) {
                return new StapledResponse(bytes, until(basic));
            }
        } catch (IOException | OCSPException | RuntimeException e) {
            throw new IOException(file + ": not an OCSP response: " + e.getMessage(), e);
        }
        throw new IOException(file + ": an OCSP response that has no status in it: error " + status);
    }

    private static Instant until(BasicOCSPResp response) {
        Instant until = Instant.MAX;
        for (SingleResp single : response.getResponses()) {
            Date next = single.getNextUpdate();
            if (next != null && next.toInstant().isBefore(until)) {
                until = next.toInstant();
            }
        }
        return until;
    }
}
