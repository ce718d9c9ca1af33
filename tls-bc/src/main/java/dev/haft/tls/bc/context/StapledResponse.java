package dev.haft.tls.bc.context;

import java.io.IOException;
import java.nio.file.Path;
import org.bouncycastle.cert.ocsp.OCSPResp;

/** The OCSP response that a server staples. */
final class StapledResponse {
    private StapledResponse() {}

    /**
     * Reads one.
     *
     * @param files notes what is read
     * @param file DER, as {@code openssl ocsp -respout} writes it
     * @return DER
     * @throws IOException if it is none, or says that it is an error
     */
    static byte[] load(WatchedFiles files, Path file) throws IOException {
        byte[] bytes = files.read(file);
        OCSPResp response;
        try {
            response = new OCSPResp(bytes);
        } catch (IOException | RuntimeException e) {
            throw new IOException(file + ": not an OCSP response: " + e.getMessage(), e);
        }
        if (response.getStatus() != OCSPResp.SUCCESSFUL) {
            throw new IOException(file + ": an OCSP response that has no status in it: error " + response.getStatus());
        }
        return bytes;
    }
}
