/** Puts the protocol into the service registry; only an OSGi framework comes here, by {@code Bundle-Activator}. */
@NullMarked
package dev.haft.example.smtp.osgi;

import org.jspecify.annotations.NullMarked;
