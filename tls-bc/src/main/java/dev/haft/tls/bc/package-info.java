/** TLS on BouncyCastle's low-level TLS API. */
@NullMarked
package dev.haft.tls.bc;

import org.jspecify.annotations.NullMarked;
