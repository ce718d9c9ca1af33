/**
 * Remote calls, as JSON or CBOR: an array {@code ["method", arguments...]} comes, {@code ["ok", value]} or {@code ["error", "message"]}
 * goes back. {@link dev.haft.example.rpc.RpcProtocol} speaks, {@code Methods} does what is asked.
 */
@NullMarked
package dev.haft.example.rpc;

import org.jspecify.annotations.NullMarked;
