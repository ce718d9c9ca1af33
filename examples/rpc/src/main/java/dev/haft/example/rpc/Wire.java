package dev.haft.example.rpc;

import dev.haft.Handle;
import dev.haft.Read;
import dev.haft.Types;
import dev.haft.Write;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * How calls and answers are written: by a type that is taken by its name each time, so that its bundle may come and go.
 * Immutable.
 */
final class Wire {
    private final Read<Object> request;
    private final Write<Object> reply;
    private final String behind;
    private final byte[] noType;

    private Wire(Types types, String type, String behind, byte[] noType) {
        // Plain values: maps and lists, text and numbers.
        this.request = types.read(type, Object.class);
        this.reply = types.write(type);
        this.behind = behind;
        this.noType = noType;
    }

    /** JSON texts; LF behind each answer, for clients that read lines. */
    static Wire json(Types types, String type) {
        byte[] noType = "[\"error\",\"no json type\"]\n".getBytes(StandardCharsets.US_ASCII);
        return new Wire(types, type, "\n", noType);
    }

    /** CBOR items. */
    static Wire cbor(Types types, String type) {
        // ["error", "no cbor type"]
        return new Wire(types, type, "", HexFormat.of().parseHex("82656572726f726c6e6f2063626f722074797065"));
    }

    Read<Object> request() {
        return request;
    }

    /** Throws an UncheckedHandleException if the type refuses the value or is not there; nothing is written then. */
    void write(Handle handle, Object value) {
        handle.pushWrite(reply, value).pushWrite(behind);
    }

    /** Says that the type is not there. */
    void writeNoType(Handle handle) {
        handle.pushWrite(noType);
    }
}
