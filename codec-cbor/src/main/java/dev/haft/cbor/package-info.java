/**
 * Reads and writes of CBOR items, to and from {@link com.upokecenter.cbor.CBORObject}, classes and exact bytes.
 *
 * <p>Start at {@link dev.haft.cbor.Cbor}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("0.1.0")
@NullMarked
package dev.haft.cbor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
