package dev.haft.tls.bc.context;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Certificates, each issued by the next one, as far as names tell.
 *
 * @param certificates the peer's own first
 * @param anchored whether the last one is trusted
 */
record Chain(List<X509Certificate> certificates, boolean anchored) {}
