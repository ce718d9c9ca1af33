/** Handles over TLS as it is shipped, and over the JDK's engine: the laws hold there, too. */
@NullMarked
package dev.haft.itests.tls;

import org.jspecify.annotations.NullMarked;
