/** The engine in an OSGi container: registers {@code Haft} and follows the services of types. */
@NullMarked
package dev.haft.engine.osgi;

import org.jspecify.annotations.NullMarked;
