package dev.haft;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@link Reads#tlsDetect}. Keeps no state, so it is its own decoder: it looks at six bytes at most. */
enum TlsDetectRead implements Read<TlsDetection>, Decoder<TlsDetection> {
    TLS_DETECT;

    private static final int HANDSHAKE = 0x16;
    private static final int CLIENT_HELLO = 1;

    /** Where each kind of hello has its version. */
    private static final int RECORD_VERSION = 1;

    private static final int SSL2_VERSION = 3;

    @Override
    public Decoder<TlsDetection> begin(ReadContext context) {
        return this;
    }

    @Override
    public @Nullable TlsDetection decode(ByteBuffer in) {
        int there = in.remaining();
        if (there == 0) {
            return null;
        }
        int first = octet(in, 0);
        if (first == HANDSHAKE) {
            return isRecord(in, there) ? version(in, there > 3, RECORD_VERSION) : TlsDetection.NONE;
        }
        if (first >= 0x80) {
            return isSsl2Hello(in, there) ? version(in, there > 5, SSL2_VERSION) : TlsDetection.NONE;
        }
        return TlsDetection.NONE;
    }

    /** Type, major, minor, then a length: a record has 2^14 bytes, and a little more when it is sealed. */
    private static boolean isRecord(ByteBuffer in, int there) {
        return isMajor(in, there, RECORD_VERSION) && (there < 4 || octet(in, 3) <= 0x40);
    }

    /** Length in two bytes, type, major, minor, then the first of another length. */
    private static boolean isSsl2Hello(ByteBuffer in, int there) {
        return (there < 3 || octet(in, 2) == CLIENT_HELLO) && isMajor(in, there, SSL2_VERSION);
    }

    private static boolean isMajor(ByteBuffer in, int there, int at) {
        return there <= at || octet(in, at) == 3 || octet(in, at) == 4;
    }

    private static @Nullable TlsDetection version(ByteBuffer in, boolean whole, int at) {
        return whole ? new TlsDetection(true, octet(in, at), octet(in, at + 1)) : null;
    }

    private static int octet(ByteBuffer in, int at) {
        return in.get(in.position() + at) & 0xff;
    }

    @Override
    public OptionalInt limitBytes() {
        return OptionalInt.of(6);
    }

    @Override
    public String toString() {
        return "tlsDetect";
    }
}
