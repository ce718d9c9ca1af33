/**
 * Reads and writes of JSON texts, to and from trees, maps and classes, by Jackson databind.
 *
 * <p>Start at {@link dev.haft.json.Json}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("0.1.0")
@NullMarked
package dev.haft.json;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
