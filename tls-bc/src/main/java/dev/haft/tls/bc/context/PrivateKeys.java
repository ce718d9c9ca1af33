package dev.haft.tls.bc.context;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.tls.SignatureScheme;

/** Private keys: as BouncyCastle takes them, what they can sign, and whether a public key is theirs. */
final class PrivateKeys {
    private static final int LEAST_RSA_BITS = 1024;

    private PrivateKeys() {}

    /** For BouncyCastle. */
    static AsymmetricKeyParameter lightweight(PrivateKeyInfo info) throws IOException {
        try {
            return PrivateKeyFactory.createKey(info);
        } catch (IOException | RuntimeException e) {
            throw new IOException("no private key of a kind that can be used: " + e.getMessage(), e);
        }
    }

    /** Whether both are of one pair. */
    static boolean match(AsymmetricKeyParameter key, byte[] publicKey) throws IOException {
        AsymmetricKeyParameter other;
        try {
            other = PublicKeyFactory.createKey(publicKey);
        } catch (RuntimeException e) {
            throw new IOException("no public key of a kind that can be used: " + e.getMessage(), e);
        }
        if (key instanceof RSAKeyParameters mine && other instanceof RSAKeyParameters theirs) {
            return mine.getModulus().equals(theirs.getModulus());
        }
        if (key instanceof ECPrivateKeyParameters mine && other instanceof ECPublicKeyParameters theirs) {
            return mine.getParameters().getCurve().equals(theirs.getParameters().getCurve())
                    && mine.getParameters().getG().multiply(mine.getD()).equals(theirs.getQ());
        }
        if (key instanceof Ed25519PrivateKeyParameters mine && other instanceof Ed25519PublicKeyParameters theirs) {
            return Arrays.equals(mine.generatePublicKey().getEncoded(), theirs.getEncoded());
        }
        if (key instanceof Ed448PrivateKeyParameters mine && other instanceof Ed448PublicKeyParameters theirs) {
            return Arrays.equals(mine.generatePublicKey().getEncoded(), theirs.getEncoded());
        }
        return key instanceof MLDSAPrivateKeyParameters mine
                && other instanceof MLDSAPublicKeyParameters theirs
                && Arrays.equals(mine.getPublicKey(), theirs.getEncoded());
    }

    /** The public key that belongs to a private one, in DER. */
    static byte[] publicKey(AsymmetricKeyParameter key) throws IOException {
        AsymmetricKeyParameter derived;
        if (key instanceof RSAPrivateCrtKeyParameters rsa) {
            derived = new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
        } else if (key instanceof ECPrivateKeyParameters ec) {
            derived = new ECPublicKeyParameters(
                    ec.getParameters().getG().multiply(ec.getD()).normalize(), ec.getParameters());
        } else if (key instanceof Ed25519PrivateKeyParameters ed) {
            derived = ed.generatePublicKey();
        } else if (key instanceof Ed448PrivateKeyParameters ed) {
            derived = ed.generatePublicKey();
        } else if (key instanceof MLDSAPrivateKeyParameters ml) {
            derived = ml.getPublicKeyParameters();
        } else {
            throw new IOException("no private key of a kind that can be used");
        }
        return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(derived).getEncoded();
    }

    /** The signatures that the owner of a public key can make, the best first. */
    static List<Integer> signatureSchemes(byte[] publicKey) throws IOException {
        AlgorithmIdentifier algorithm =
                SubjectPublicKeyInfo.getInstance(publicKey).getAlgorithm();
        AsymmetricKeyParameter key;
        try {
            key = PublicKeyFactory.createKey(publicKey);
        } catch (RuntimeException e) {
            throw new IOException("no public key of a kind that can be used: " + e.getMessage(), e);
        }
        if (key instanceof RSAKeyParameters rsa) {
            return rsa(rsa, algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS));
        }
        if (key instanceof ECPublicKeyParameters ec) {
            return List.of(ec(ec));
        }
        if (key instanceof Ed25519PublicKeyParameters) {
            return List.of(SignatureScheme.ed25519);
        }
        if (key instanceof Ed448PublicKeyParameters) {
            return List.of(SignatureScheme.ed448);
        }
        if (key instanceof MLDSAPublicKeyParameters ml) {
            return List.of(
                    ml.getParameters() == MLDSAParameters.ml_dsa_44
                            ? SignatureScheme.mldsa44
                            : ml.getParameters() == MLDSAParameters.ml_dsa_65
                                    ? SignatureScheme.mldsa65
                                    : SignatureScheme.mldsa87);
        }
        throw new IOException("no key that can sign in TLS: " + algorithm.getAlgorithm());
    }

    private static List<Integer> rsa(RSAKeyParameters key, boolean pssOnly) throws IOException {
        int bits = key.getModulus().bitLength();
        if (bits < LEAST_RSA_BITS) {
            throw new IOException("the RSA key has " + bits + " bits, must have at least " + LEAST_RSA_BITS);
        }
        List<Integer> schemes = new ArrayList<>();
        // PSS needs two hashes and two bytes (RFC 8017 §9.1.1): SHA-512 does not go into 1024 bits
        schemes.add(pssOnly ? SignatureScheme.rsa_pss_pss_sha256 : SignatureScheme.rsa_pss_rsae_sha256);
        schemes.add(pssOnly ? SignatureScheme.rsa_pss_pss_sha384 : SignatureScheme.rsa_pss_rsae_sha384);
        if (bits > 2 * 512 + 16) {
            schemes.add(pssOnly ? SignatureScheme.rsa_pss_pss_sha512 : SignatureScheme.rsa_pss_rsae_sha512);
        }
        if (!pssOnly) {
            schemes.add(SignatureScheme.rsa_pkcs1_sha256);
            schemes.add(SignatureScheme.rsa_pkcs1_sha384);
            schemes.add(SignatureScheme.rsa_pkcs1_sha512);
        }
        return List.copyOf(schemes);
    }

    /** One hash a curve: TLS 1.3 has no others, and in TLS 1.2 this is the one that everybody knows. */
    private static int ec(ECPublicKeyParameters key) {
        int bits = key.getParameters().getCurve().getFieldSize();
        boolean nist = isNist(key, bits);
        if (bits <= 256) {
            return nist ? SignatureScheme.ecdsa_secp256r1_sha256 : SignatureScheme.ecdsa_brainpoolP256r1tls13_sha256;
        }
        if (bits <= 384) {
            return nist ? SignatureScheme.ecdsa_secp384r1_sha384 : SignatureScheme.ecdsa_brainpoolP384r1tls13_sha384;
        }
        return nist ? SignatureScheme.ecdsa_secp521r1_sha512 : SignatureScheme.ecdsa_brainpoolP512r1tls13_sha512;
    }

    private static boolean isNist(ECPublicKeyParameters key, int bits) {
        return List.of(256, 384, 521).contains(bits)
                && ECNamedCurveTable.getByName("P-" + bits)
                        .getCurve()
                        .equals(key.getParameters().getCurve());
    }
}
