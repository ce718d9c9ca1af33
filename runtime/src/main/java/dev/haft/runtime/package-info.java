/**
 * Starts the embedded OSGi framework with all bundles of the distribution and hands the command line to one of them.
 * {@link dev.haft.runtime.Launcher} is the way in; only the JDK's types cross from here into the bundles.
 */
@NullMarked
package dev.haft.runtime;

import org.jspecify.annotations.NullMarked;
