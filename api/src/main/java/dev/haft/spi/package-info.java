/**
 * What engines and test kits implement: the provider behind {@link dev.haft.Haft#open()}, the clock that timers use, the
 * resolver of names, and streams that a program brings along.
 *
 * <p>Programs that only speak a protocol need nothing of this package.
 */
@Export
@Version("0.1.0")
@NullMarked
package dev.haft.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
