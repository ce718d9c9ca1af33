/**
 * What the options of a {@link dev.haft.tls.TlsContext} come to: keys and chains that are loaded, authorities to trust, suites,
 * groups and signatures as numbers, and the check of a peer. The way in is {@link dev.haft.tls.bc.context.ContextLoader}; it knows
 * nothing of engines.
 */
@NullMarked
package dev.haft.tls.bc.context;

import org.jspecify.annotations.NullMarked;
