package dev.haft.tls.bc;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.TlsImplUtils;

/** Both directions, as BouncyCastle uses them in a handshake; after it they are used on their own. */
final class AeadCipher implements TlsCipher {
    private static final int EXPANSION_BYTES = 256;

    private final RecordCipher sealer;
    private final RecordCipher opener;

    private AeadCipher(RecordCipher sealer, RecordCipher opener) {
        this.sealer = sealer;
        this.opener = opener;
    }

    static AeadCipher of(HybridCrypto crypto, TlsCryptoParameters parameters, Aead aead) throws IOException {
        SecurityParameters handshake = parameters.getSecurityParametersHandshake();
        try {
            return TlsImplUtils.isTLSv13(parameters)
                    ? tls13(crypto, parameters, handshake, aead)
                    : tls12(parameters, aead);
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.internal_error, e);
        }
    }

    private static AeadCipher tls13(
            HybridCrypto crypto, TlsCryptoParameters parameters, SecurityParameters handshake, Aead aead)
            throws GeneralSecurityException {
        KeyDerivation derivation = HybridCrypto.derivation(handshake);
        TlsSecret client = handshake.getTrafficSecretClient();
        TlsSecret server = handshake.getTrafficSecretServer();
        boolean isServer = parameters.isServer();
        return new AeadCipher(
                RecordCipher.tls13(aead, Cipher.ENCRYPT_MODE, derivation, crypto.bytes(isServer ? server : client)),
                RecordCipher.tls13(aead, Cipher.DECRYPT_MODE, derivation, crypto.bytes(isServer ? client : server)));
    }

    private static AeadCipher tls12(TlsCryptoParameters parameters, Aead aead) throws GeneralSecurityException {
        int keyBytes = aead.keyBytes;
        int ivBytes = aead == Aead.CHACHA20_POLY1305 ? Aead.NONCE_BYTES : 4;
        byte[] block = TlsImplUtils.calculateKeyBlock(parameters, 2 * (keyBytes + ivBytes));
        int mine = parameters.isServer() ? 1 : 0;
        RecordCipher sealer =
                RecordCipher.tls12(aead, Cipher.ENCRYPT_MODE, key(block, mine, keyBytes), iv(block, mine, keyBytes));
        RecordCipher opener = RecordCipher.tls12(
                aead, Cipher.DECRYPT_MODE, key(block, 1 - mine, keyBytes), iv(block, 1 - mine, keyBytes));
        return new AeadCipher(sealer, opener);
    }

    private static byte[] key(byte[] block, int of, int keyBytes) {
        return Arrays.copyOfRange(block, of * keyBytes, (of + 1) * keyBytes);
    }

    private static byte[] iv(byte[] block, int of, int keyBytes) {
        int ivBytes = block.length / 2 - keyBytes;
        int at = 2 * keyBytes + of * ivBytes;
        return Arrays.copyOfRange(block, at, at + ivBytes);
    }

    RecordCipher sealer() {
        return sealer;
    }

    RecordCipher opener() {
        return opener;
    }

    @Override
    public int getCiphertextDecodeLimit(int plaintextLimit) {
        return plaintextLimit + EXPANSION_BYTES;
    }

    @Override
    public int getCiphertextEncodeLimit(int plaintextLimit) {
        return plaintextLimit + sealer.overheadBytes() - RecordCipher.HEADER_BYTES;
    }

    @Override
    public int getPlaintextDecodeLimit(int ciphertextLimit) {
        return opener.plainBytes(ciphertextLimit);
    }

    @Override
    public int getPlaintextEncodeLimit(int ciphertextLimit) {
        return Math.max(0, ciphertextLimit - sealer.overheadBytes() + RecordCipher.HEADER_BYTES);
    }

    @Override
    public TlsEncodeResult encodePlaintext(
            long seqNo,
            short contentType,
            ProtocolVersion recordVersion,
            int headerAllocation,
            byte[] plaintext,
            int offset,
            int len)
            throws IOException {
        byte[] record = new byte[len + sealer.overheadBytes()];
        try {
            int length = sealer.seal(contentType, plaintext, offset, len, record, 0);
            return new TlsEncodeResult(record, 0, length, record[0]);
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.internal_error, e);
        }
    }

    @Override
    public TlsDecodeResult decodeCiphertext(
            long seqNo, short recordType, ProtocolVersion recordVersion, byte[] ciphertext, int offset, int len)
            throws IOException {
        byte[] plain = new byte[opener.plainBytes(len)];
        // The header stands before what is given: it was read from the same array.
        int length = opener.open(ciphertext, offset - RecordCipher.HEADER_BYTES, len, plain, 0);
        return new TlsDecodeResult(plain, 0, length, (short) opener.contentType());
    }

    @Override
    public void rekeyDecoder() {
        opener.update();
    }

    @Override
    public void rekeyEncoder() {
        sealer.update();
    }

    @Override
    public boolean usesOpaqueRecordTypeDecode() {
        return opener.isTls13();
    }

    @Override
    public boolean usesOpaqueRecordTypeEncode() {
        return sealer.isTls13();
    }
}
