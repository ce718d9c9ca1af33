package dev.haft.tls.bc;

import dev.haft.tls.bc.context.LoadedIdentity;
import dev.haft.tls.bc.context.TokenKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.Ed448PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CertificateStatus;
import org.bouncycastle.tls.CertificateStatusType;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.DefaultTlsCredentialedSigner;
import org.bouncycastle.tls.KeyExchangeAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.jspecify.annotations.Nullable;

/** Who this end is, as BouncyCastle takes it: a key, what it can sign, and the certificates. Immutable. */
final class LocalIdentity {
    private final @Nullable AsymmetricKeyParameter key;

    /** There if there is no key. */
    private final @Nullable TokenKey tokenKey;

    private final AsymmetricKeyParameter publicKey;
    private final TlsCertificate[] chain;
    private final boolean raw;
    private final int[] schemes;
    private final @Nullable CertificateStatus status;
    private final Instant statusUntil;

    private LocalIdentity(
            @Nullable AsymmetricKeyParameter key,
            @Nullable TokenKey tokenKey,
            AsymmetricKeyParameter publicKey,
            TlsCertificate[] chain,
            boolean raw,
            int[] schemes,
            @Nullable CertificateStatus status,
            Instant statusUntil) {
        this.key = key;
        this.tokenKey = tokenKey;
        this.publicKey = publicKey;
        this.chain = chain;
        this.raw = raw;
        this.schemes = schemes;
        this.status = status;
        this.statusUntil = statusUntil;
    }

    static LocalIdentity of(LoadedIdentity loaded, HybridCrypto crypto) throws GeneralSecurityException {
        byte[] response = loaded.ocspResponse();
        try {
            return new LocalIdentity(
                    loaded.key(),
                    loaded.tokenKey(),
                    PublicKeyFactory.createKey(loaded.publicKey()),
                    chain(loaded, crypto),
                    loaded.isRawPublicKey(),
                    loaded.signatureSchemes().stream()
                            .mapToInt(Integer::intValue)
                            .toArray(),
                    response == null
                            ? null
                            : new CertificateStatus(CertificateStatusType.ocsp, OCSPResponse.getInstance(response)),
                    loaded.ocspUntil());
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidKeyException("the key of " + loaded + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static TlsCertificate[] chain(LoadedIdentity loaded, HybridCrypto crypto) throws IOException {
        List<TlsCertificate> chain = new ArrayList<>();
        if (loaded.isRawPublicKey()) {
            chain.add(crypto.createCertificate(CertificateType.RawPublicKey, loaded.publicKey()));
        }
        for (byte[] certificate : loaded.encodedChain()) {
            chain.add(crypto.createCertificate(certificate));
        }
        return chain.toArray(TlsCertificate[]::new);
    }

    boolean isRaw() {
        return raw;
    }

    short certificateType() {
        return raw ? CertificateType.RawPublicKey : CertificateType.X509;
    }

    /** The OCSP response to staple now; null if there is none, or it has expired. */
    @Nullable CertificateStatus status(long nowMillis) {
        return Instant.ofEpochMilli(nowMillis).isAfter(statusUntil) ? null : status;
    }

    /** Whether it can be used for a key exchange of TLS 1.2. */
    boolean fits(int keyExchange) {
        return switch (keyExchange) {
            case KeyExchangeAlgorithm.ECDHE_RSA, KeyExchangeAlgorithm.DHE_RSA -> publicKey instanceof RSAKeyParameters;
            case KeyExchangeAlgorithm.ECDHE_ECDSA ->
                publicKey instanceof ECPublicKeyParameters
                        || publicKey instanceof Ed25519PublicKeyParameters
                        || publicKey instanceof Ed448PublicKeyParameters;
            default -> false;
        };
    }

    /** A signature that both ends know; null if there is none. */
    @Nullable SignatureAndHashAlgorithm signature(@Nullable Vector<?> peers, int[] ours, boolean tls13) throws IOException {
        for (int scheme : schemes) {
            SignatureAndHashAlgorithm signature = SignatureScheme.getSignatureAndHashAlgorithm(scheme);
            if (isOf(scheme, tls13)
                    && Settings.contains(ours, scheme)
                    && peers != null
                    && TlsUtils.containsSignatureAlgorithm(peers, signature)) {
                return signature;
            }
        }
        return null;
    }

    /** Whether it makes one of these signatures. */
    boolean signs(int[] ours, boolean tls13) {
        return Arrays.stream(schemes).anyMatch(scheme -> isOf(scheme, tls13) && Settings.contains(ours, scheme));
    }

    /** Whether it signs in TLS 1.0 and 1.1, whose signatures have no names. */
    boolean signsForOldVersions() {
        return tokenKey == null;
    }

    private static boolean isOf(int scheme, boolean tls13) {
        return tls13 ? !isPkcs1(scheme) : !SignatureScheme.isMLDSA(scheme);
    }

    private static boolean isPkcs1(int scheme) {
        return scheme == SignatureScheme.rsa_pkcs1_sha256
                || scheme == SignatureScheme.rsa_pkcs1_sha384
                || scheme == SignatureScheme.rsa_pkcs1_sha512;
    }

    /** What signs in one handshake. */
    TlsCredentialedSigner signer(
            TlsContext context,
            HybridCrypto crypto,
            @Nullable SignatureAndHashAlgorithm signature,
            byte[] requestContext,
            @Nullable CertificateStatus staple)
            throws IOException {
        Certificate certificate = TlsUtils.isTLSv13(context)
                ? new Certificate(certificateType(), requestContext, entries(staple))
                : new Certificate(certificateType(), chain);
        TlsCryptoParameters parameters = new TlsCryptoParameters(context);
        TokenKey token = tokenKey;
        return token == null
                ? new BcDefaultTlsCredentialedSigner(parameters, crypto, key, certificate, signature)
                : new DefaultTlsCredentialedSigner(parameters, new TokenSigner(token), certificate, signature);
    }

    private CertificateEntry[] entries(@Nullable CertificateStatus staple) throws IOException {
        CertificateEntry[] entries = new CertificateEntry[chain.length];
        for (int i = 0; i < chain.length; i++) {
            Hashtable<Object, Object> extensions = null;
            if (i == 0 && staple != null) {
                extensions = new Hashtable<>();
                ByteArrayOutputStream encoded = new ByteArrayOutputStream();
                staple.encode(encoded);
                extensions.put(TlsExtensionsUtils.EXT_status_request, encoded.toByteArray());
            }
            entries[i] = new CertificateEntry(chain[i], extensions);
        }
        return entries;
    }
}
