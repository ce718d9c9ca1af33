package dev.haft.tls.bc.context;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.Ed448PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.Ed448Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signatures of certificates with BouncyCastle's light-weight API: several times faster than the JDK's for elliptic
 * curves, and it knows ML-DSA, which Java 17 does not. RSA is left to the JDK.
 */
final class SignatureCheck {
    private SignatureCheck() {}

    /**
     * Checks a signature.
     *
     * @param algorithm how it was made
     * @param publicKey of the signer, in DER
     * @param content what was signed
     * @param signature the signature
     * @return whether it is right; null if this does not know the algorithm
     */
    static @Nullable Boolean verify(AlgorithmIdentifier algorithm, byte[] publicKey, byte[] content, byte[] signature) {
        ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
        String hash = ecdsaHash(oid);
        try {
            AsymmetricKeyParameter key = PublicKeyFactory.createKey(publicKey);
            if (key instanceof ECPublicKeyParameters ec && hash != null) {
                BigInteger[] rs =
                        StandardDSAEncoding.INSTANCE.decode(ec.getParameters().getN(), signature);
                ECDSASigner signer = new ECDSASigner();
                signer.init(false, ec);
                return signer.verifySignature(MessageDigest.getInstance(hash).digest(content), rs[0], rs[1]);
            }
            Signer signer = signer(key);
            if (signer == null) {
                return null;
            }
            return oid.equals(SubjectPublicKeyInfo.getInstance(publicKey)
                            .getAlgorithm()
                            .getAlgorithm())
                    && verify(signer, key, content, signature);
        } catch (IOException | RuntimeException e) {
            return hash == null ? null : Boolean.FALSE; // no key of ours, or no signature of that key
        } catch (NoSuchAlgorithmException e) {
            return null;
        }
    }

    private static boolean verify(Signer signer, CipherParameters key, byte[] content, byte[] signature) {
        signer.init(false, key);
        signer.update(content, 0, content.length);
        return signer.verifySignature(signature);
    }

    /** Of algorithms whose key says all about the signature. */
    private static @Nullable Signer signer(AsymmetricKeyParameter key) {
        if (key instanceof Ed25519PublicKeyParameters) {
            return new Ed25519Signer();
        }
        if (key instanceof Ed448PublicKeyParameters) {
            return new Ed448Signer(new byte[0]);
        }
        return key instanceof MLDSAPublicKeyParameters ? new MLDSASigner() : null;
    }

    private static @Nullable String ecdsaHash(ASN1ObjectIdentifier oid) {
        return X9ObjectIdentifiers.ecdsa_with_SHA256.equals(oid)
                ? "SHA-256"
                : X9ObjectIdentifiers.ecdsa_with_SHA384.equals(oid)
                        ? "SHA-384"
                        : X9ObjectIdentifiers.ecdsa_with_SHA512.equals(oid) ? "SHA-512" : null;
    }
}
