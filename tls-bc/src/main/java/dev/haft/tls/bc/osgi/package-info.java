/**
 * Offers TLS to an OSGi framework.
 *
 * <p>The framework starts at {@link dev.haft.tls.bc.osgi.Activator}; nobody else comes here.
 */
@NullMarked
package dev.haft.tls.bc.osgi;

import org.jspecify.annotations.NullMarked;
