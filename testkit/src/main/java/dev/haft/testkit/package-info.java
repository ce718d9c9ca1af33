/**
 * For tests of read and write types and of protocols: a verifier of decoders, handles in memory, a clock that a test moves.
 *
 * <p>{@link dev.haft.testkit.DecoderVerifier} is the way in for authors of types, {@link dev.haft.testkit.ScriptedPeer} for
 * authors of protocols. What fails is an AssertionError; no test framework is needed.
 */
@Export
@Version("0.1.0")
@NullMarked
package dev.haft.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
