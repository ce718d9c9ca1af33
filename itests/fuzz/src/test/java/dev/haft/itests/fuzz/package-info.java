/** Whatever bytes come: decoders give values or BadMessageException, and the same however the bytes are cut. */
package dev.haft.itests.fuzz;
