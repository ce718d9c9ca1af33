/**
 * What a program sees of Haft: handles, endpoints, typed reads and writes, and the errors they report.
 *
 * <p>Start at {@link dev.haft.Haft}; the standard types are in {@link dev.haft.Reads} and {@link dev.haft.Writes}.
 */
@Export
@Version("0.1.0")
@NullMarked
package dev.haft;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
