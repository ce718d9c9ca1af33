/**
 * Offers the JSON types to an OSGi framework.
 *
 * <p>The framework starts at {@link dev.haft.json.osgi.Activator}; nobody else comes here.
 */
@NullMarked
package dev.haft.json.osgi;

import org.jspecify.annotations.NullMarked;
