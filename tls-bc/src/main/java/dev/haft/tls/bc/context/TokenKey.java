package dev.haft.tls.bc.context;

import java.security.PrivateKey;
import java.security.Provider;
import org.jspecify.annotations.Nullable;

/**
 * A private key that its token does not give out (PKCS#11, a key store of the system): what signs with it is its provider.
 *
 * @param key a handle to it
 * @param provider of the key store that it comes from, which need not be one of the JVM's; null if it comes from none
 */
public record TokenKey(PrivateKey key, @Nullable Provider provider) {}
