package dev.haft.tls.bc;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.TlsFatalAlert;

/**
 * Seals or opens the records of one direction, with its own sequence numbers: RFC 8446 §5.2 and §5.3; for TLS 1.2 RFC 5288 and
 * RFC 7905. From array to array: the JDK's ciphers are slower on direct buffers, and copy when they decrypt in place.
 */
final class RecordCipher {
    static final int HEADER_BYTES = 5;

    /** Below this one call of the cipher on a copy is cheaper than two calls without. */
    private static final int SMALL_BYTES = 2048;

    private final Aead aead;
    private final boolean tls13;
    private final int mode;
    private final KeyDerivation derivation;
    private final Cipher cipher;

    /** Of TLS 1.3 only: what the next key follows from. */
    private byte[] secret;

    private SecretKeySpec key;
    private byte[] iv;
    private long sequence;
    private final byte[] nonce = new byte[Aead.NONCE_BYTES];
    private final byte[] additional;
    private int contentType;

    private RecordCipher(
            Aead aead, boolean tls13, int mode, KeyDerivation derivation, byte[] secret, byte[] key, byte[] iv)
            throws GeneralSecurityException {
        this.aead = aead;
        this.tls13 = tls13;
        this.mode = mode;
        this.derivation = derivation;
        this.secret = secret;
        this.key = new SecretKeySpec(key, aead.key);
        this.iv = iv;
        additional = new byte[tls13 ? HEADER_BYTES : 8 + HEADER_BYTES];
        cipher = aead.cipher();
    }

    /** From a traffic secret of TLS 1.3. */
    static RecordCipher tls13(Aead aead, int mode, KeyDerivation derivation, byte[] secret)
            throws GeneralSecurityException {
        return new RecordCipher(
                aead,
                true,
                mode,
                derivation,
                secret,
                derivation.expandLabel(secret, "key", NOTHING, aead.keyBytes),
                derivation.expandLabel(secret, "iv", NOTHING, Aead.NONCE_BYTES));
    }

    /** From key and fixed IV of TLS 1.2. */
    static RecordCipher tls12(Aead aead, int mode, byte[] key, byte[] iv) throws GeneralSecurityException {
        return new RecordCipher(aead, false, mode, KeyDerivation.SHA_256, NOTHING, key, iv);
    }

    private static final byte[] NOTHING = {};

    /** The next key of TLS 1.3 (RFC 8446 §7.2). */
    void update() {
        secret = derivation.expandLabel(secret, "traffic upd", NOTHING, derivation.bytes());
        key = new SecretKeySpec(derivation.expandLabel(secret, "key", NOTHING, aead.keyBytes), aead.key);
        iv = derivation.expandLabel(secret, "iv", NOTHING, Aead.NONCE_BYTES);
        sequence = 0;
    }

    boolean isTls13() {
        return tls13;
    }

    /** How many records this key has done. */
    long records() {
        return sequence;
    }

    /** How much longer a record is than its content. */
    int overheadBytes() {
        return HEADER_BYTES + explicitBytes() + Aead.TAG_BYTES + (tls13 ? 1 : 0);
    }

    /** The part of the nonce that stands in the record. */
    private int explicitBytes() {
        return tls13 || aead == Aead.CHACHA20_POLY1305 ? 0 : 8;
    }

    /** How much room {@link #open} needs for a fragment. */
    int plainBytes(int fragmentBytes) {
        return Math.max(0, fragmentBytes - explicitBytes() - Aead.TAG_BYTES);
    }

    /** The type of what was opened last. */
    int contentType() {
        return contentType;
    }

    private void begin(int type, int fragmentBytes, int plainBytes) throws GeneralSecurityException {
        // fragmentBytes is what the header says, plainBytes what TLS 1.2 authenticates.
        int at = 0;
        if (!tls13) {
            putLong(additional, 0, sequence);
            at = 8;
        }
        int length = tls13 ? fragmentBytes : plainBytes;
        additional[at] = (byte) type;
        additional[at + 1] = 3;
        additional[at + 2] = 3;
        additional[at + 3] = (byte) (length >>> 8);
        additional[at + 4] = (byte) length;
        if (explicitBytes() == 0) {
            System.arraycopy(iv, 0, nonce, 0, Aead.NONCE_BYTES);
            for (int i = 0; i < 8; i++) {
                nonce[4 + i] ^= (byte) (sequence >>> (56 - 8 * i));
            }
        }
        cipher.init(mode, key, aead.parameters(nonce));
        cipher.updateAAD(additional);
        sequence++;
    }

    private static void putLong(byte[] to, int at, long value) {
        for (int i = 0; i < 8; i++) {
            to[at + i] = (byte) (value >>> (56 - 8 * i));
        }
    }

    /**
     * Writes one record; the arrays may be the same if the places do not overlap.
     *
     * @return how long it is
     */
    int seal(int type, byte[] from, int offset, int length, byte[] to, int at) throws GeneralSecurityException {
        int explicit = explicitBytes();
        int plain = length + (tls13 ? 1 : 0);
        int fragment = explicit + plain + Aead.TAG_BYTES;
        int outerType = tls13 ? ContentType.application_data : type;
        to[at] = (byte) outerType;
        to[at + 1] = 3;
        to[at + 2] = 3;
        to[at + 3] = (byte) (fragment >>> 8);
        to[at + 4] = (byte) fragment;
        int body = at + HEADER_BYTES;
        if (explicit > 0) {
            System.arraycopy(iv, 0, nonce, 0, 4);
            putLong(nonce, 4, sequence);
            System.arraycopy(nonce, 4, to, body, explicit);
            body += explicit;
        }
        begin(outerType, fragment, length);
        if (!tls13) {
            cipher.doFinal(from, offset, length, to, body);
        } else if (length < SMALL_BYTES) {
            System.arraycopy(from, offset, to, body, length);
            to[body + length] = (byte) type;
            cipher.doFinal(to, body, plain, to, body);
        } else {
            // The type follows the content: two calls save a copy.
            int done = cipher.update(from, offset, length, to, body);
            additional[0] = (byte) type;
            cipher.doFinal(additional, 0, 1, to, body + done);
        }
        return HEADER_BYTES + fragment;
    }

    /**
     * Opens one record. What it puts behind the content, at most {@link #plainBytes}, is of no use.
     *
     * @param at where its header begins
     * @param fragment how long it is without header
     * @return the length of its content
     * @throws TlsFatalAlert if it is not genuine
     */
    int open(byte[] from, int at, int fragment, byte[] to, int toAt) throws TlsFatalAlert {
        int explicit = explicitBytes();
        int plain = fragment - explicit - Aead.TAG_BYTES;
        if (plain < (tls13 ? 1 : 0)) {
            throw new TlsFatalAlert(AlertDescription.decode_error, "a record is too short");
        }
        int body = at + HEADER_BYTES;
        int type = from[at] & 0xff;
        int length;
        try {
            if (explicit > 0) {
                System.arraycopy(iv, 0, nonce, 0, 4);
                System.arraycopy(from, body, nonce, 4, explicit);
            }
            begin(type, fragment, plain);
            length = cipher.doFinal(from, body + explicit, fragment - explicit, to, toAt);
        } catch (AEADBadTagException e) {
            throw new TlsFatalAlert(AlertDescription.bad_record_mac, "a record is not genuine", e);
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.internal_error, "a record could not be opened", e);
        }
        if (tls13) {
            do {
                length--;
                if (length < 0) {
                    throw new TlsFatalAlert(AlertDescription.unexpected_message, "a record has nothing but padding");
                }
                type = to[toAt + length] & 0xff;
            } while (type == 0);
        }
        contentType = type;
        return length;
    }
}
