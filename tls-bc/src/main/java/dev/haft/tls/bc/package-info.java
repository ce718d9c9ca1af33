/**
 * TLS on BouncyCastle's low-level TLS API: its handshakes, driven a record at a time, on cryptography of BouncyCastle and of the
 * JDK, each where it is the faster one; and records of our own after the handshake.
 *
 * <p>The way in is {@link dev.haft.tls.bc.BcTlsProvider}: it makes a {@code BcEngine}, which drives a {@code ClientHandshake} or
 * {@code ServerHandshake} and then {@code Records}.
 */
@NullMarked
package dev.haft.tls.bc;

import org.jspecify.annotations.NullMarked;
