/**
 * Offers the CBOR types to an OSGi framework.
 *
 * <p>The framework starts at {@link dev.haft.cbor.osgi.Activator}; nobody else comes here.
 */
@NullMarked
package dev.haft.cbor.osgi;

import org.jspecify.annotations.NullMarked;
