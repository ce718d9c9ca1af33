/**
 * TLS as its users and its providers see it: options, sessions, and the engine that turns clear text into records and back.
 *
 * <p>Programs make a {@link dev.haft.tls.TlsContext} and hand it to a handle; a {@link dev.haft.tls.TlsProvider} makes a {@link
 * dev.haft.tls.TlsEngine} of it. Parity {@code tls.*}.
 */
@Export
@Version("0.1.0")
@NullMarked
package dev.haft.tls;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
