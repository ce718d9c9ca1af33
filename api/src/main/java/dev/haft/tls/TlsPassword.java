package dev.haft.tls;

import java.io.IOException;

/**
 * Tells the password of a key when it is needed.
 *
 * <p><b>Thread safety</b>: may be asked from several threads at once. Parity {@code tls.cert}.
 */
@FunctionalInterface
public interface TlsPassword {
    /**
     * The password.
     *
     * @param what the file or store that is encrypted, for people
     * @return a new array, which is cleared after use
     * @throws IOException if there is none
     */
    char[] password(String what) throws IOException;

    /**
     * One that is known.
     *
     * @param password is kept
     * @return tells it
     */
    static TlsPassword of(String password) {
        char[] known = password.toCharArray();
        return what -> known.clone();
    }
}
