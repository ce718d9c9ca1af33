package dev.haft.example.rpc;

import dev.haft.Handle;
import dev.haft.Read;
import dev.haft.Types;
import dev.haft.UncheckedHandleException;
import dev.haft.Write;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * How calls and answers are written: by a type that is taken by its name each time, so that its bundle may come and go.
 *
 * @param request gives plain values
 * @param reply takes them
 * @param behind what follows an answer
 * @param noType what is sent when the type is not there
 */
record Wire(Read<Object> request, Write<Object> reply, byte[] behind, byte[] noType) {
    /** JSON texts; LF behind each answer, for clients that read lines. */
    static Wire json(Types types, String type) {
        return of(types, type, ascii("\n"), ascii("[\"error\",\"no json type\"]\n"));
    }

    /** CBOR items. */
    static Wire cbor(Types types, String type) {
        // ["error", "no cbor type"]
        return of(types, type, new byte[0], HexFormat.of().parseHex("82656572726f726c6e6f2063626f722074797065"));
    }

    private static Wire of(Types types, String type, byte[] behind, byte[] noType) {
        return new Wire(types.read(type, Object.class), types.write(type), behind, noType);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Throws if the type refuses the value or is not there; nothing of it is written then. */
    void write(Handle handle, Object value) throws UncheckedHandleException {
        handle.pushWrite(reply, value).pushWrite(behind);
    }
}
