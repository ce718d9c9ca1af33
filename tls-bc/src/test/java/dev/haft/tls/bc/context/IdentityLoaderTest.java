package dev.haft.tls.bc.context;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsPassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.tls.SignatureScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parity {@code tls.cert}. */
class IdentityLoaderTest {
    private static final TlsPassword SECRET = TlsPassword.of("geheim");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        // what makes a key.pem, and one line that must be in it
        "RSA PKCS#8, 'genpkey -algorithm RSA -out key.pem', BEGIN PRIVATE KEY",
        "RSA PKCS#1, 'genrsa -traditional -out key.pem 2048', BEGIN RSA PRIVATE KEY",
        "RSA-PSS, 'genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out key.pem', BEGIN PRIVATE KEY",
        "P-256 SEC1, 'ecparam -name prime256v1 -genkey -noout -out key.pem', BEGIN EC PRIVATE KEY",
        "P-384 SEC1 after EC PARAMETERS, 'ecparam -name secp384r1 -genkey -out key.pem', BEGIN EC PARAMETERS",
        "P-521 PKCS#8, 'genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out key.pem', BEGIN PRIVATE KEY",
        "Ed25519, 'genpkey -algorithm ED25519 -out key.pem', BEGIN PRIVATE KEY",
        "Ed448, 'genpkey -algorithm ED448 -out key.pem', BEGIN PRIVATE KEY",
    })
    void keysOfAllKindsAreLoaded(String what, String make, String line) throws Exception {
        Tool.openssl(directory, make);
        assertTrue(Files.readString(directory.resolve("key.pem")).contains(line), what);
        Tool.openssl(directory, "req -x509 -key key.pem -subj /CN=own.test -days 30 -out cert.pem");
        LoadedIdentity identity =
                load(TlsIdentity.pemFiles(directory.resolve("cert.pem"), directory.resolve("key.pem")));
        assertEquals("CN=own.test", identity.toString());
        assertNotNull(identity.key());
        assertNull(identity.tokenKey());
        assertEquals(1, identity.encodedChain().size());
        assertTrue(!identity.signatureSchemes().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa -in plain.pem -traditional -aes128 -passout pass:geheim -out key.pem",
                "rsa -in plain.pem -traditional -aes256 -passout pass:geheim -out key.pem",
                "rsa -in plain.pem -traditional -des3 -passout pass:geheim -out key.pem",
                "pkcs8 -topk8 -in plain.pem -passout pass:geheim -out key.pem",
                "pkcs8 -topk8 -in plain.pem -v2 aes-128-cbc -passout pass:geheim -out key.pem",
                "pkcs8 -topk8 -in plain.pem -v2 des3 -passout pass:geheim -out key.pem",
                "pkcs8 -topk8 -in plain.pem -v2 aes-256-cbc -v2prf hmacWithSHA512 -passout pass:geheim -out key.pem",
                "pkcs8 -topk8 -in plain.pem -scrypt -passout pass:geheim -out key.pem",
                "pkcs8 -topk8 -in plain.pem -v1 PBE-SHA1-3DES -passout pass:geheim -out key.pem",
            })
    void encryptedKeysAreLoadedWithTheirPassword(String encrypt) throws Exception {
        Tool.openssl(directory, "genrsa -traditional -out plain.pem 2048");
        Tool.openssl(directory, "req -x509 -key plain.pem -subj /CN=own.test -days 30 -out cert.pem");
        Tool.openssl(directory, encrypt);
        TlsIdentity identity = TlsIdentity.pemFiles(directory.resolve("cert.pem"), directory.resolve("key.pem"));
        List<String> asked = new ArrayList<>();
        LoadedIdentity loaded = load(identity.password(what -> {
            asked.add(what);
            return "geheim".toCharArray();
        }));
        assertNotNull(loaded.key());
        assertEquals(List.of(directory.resolve("key.pem").toString()), asked);

        IOException wrong = assertThrows(IOException.class, () -> load(identity.password(TlsPassword.of("falsch"))));
        assertTrue(wrong.getMessage().contains("key.pem: the private key cannot be decrypted"), wrong.getMessage());
        IOException none = assertThrows(IOException.class, () -> load(identity));
        assertTrue(none.getMessage().contains("encrypted, and there is no password"), none.getMessage());
    }

    @Test
    void encryptedKeysOnEllipticCurvesAreLoadedToo() throws Exception {
        Tool.openssl(directory, "ecparam -name prime256v1 -genkey -noout -out plain.pem");
        Tool.openssl(directory, "req -x509 -key plain.pem -subj /CN=own.test -days 30 -out cert.pem");
        Tool.openssl(directory, "ec -in plain.pem -aes256 -passout pass:geheim -out key.pem");
        assertNotNull(load(TlsIdentity.pemFiles(directory.resolve("cert.pem"), directory.resolve("key.pem"))
                        .password(SECRET))
                .key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " -legacy", " -certpbe AES-256-CBC -keypbe PBE-SHA1-3DES -macalg SHA1"})
    void pkcs12FilesAreLoaded(String how) throws Exception {
        Tool.openssl(
                directory,
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -subj /CN=own.test -out cert.pem");
        Tool.openssl(directory, "pkcs12 -export -inkey key.pem -in cert.pem -passout pass:geheim -out own.p12" + how);
        LoadedIdentity identity = load(TlsIdentity.pkcs12(directory.resolve("own.p12"), SECRET));
        assertEquals("CN=own.test", identity.toString());
        assertNotNull(identity.key());
        IOException wrong = assertThrows(
                IOException.class, () -> load(TlsIdentity.pkcs12(directory.resolve("own.p12"), TlsPassword.of("x"))));
        assertTrue(wrong.getMessage().contains("own.p12"), wrong.getMessage());
    }

    @Test
    void aCombinedFileIsTakenInAnyOrderAndWithWhatIsOfNoUse() throws Exception {
        Pki.Issued root = Pki.root(Pki.authority("Root"));
        Pki.Issued middle = Pki.issue(root, Pki.authority("Middle"));
        Pki.Issued own = Pki.issue(middle, Pki.leaf("own.test"));
        Pki.Issued stranger = Pki.root(Pki.authority("Stranger"));
        String parameters = "-----BEGIN DH PARAMETERS-----\nMAYCAQsCAQI=\n-----END DH PARAMETERS-----\n";
        LoadedIdentity identity = load(TlsIdentity.pem("a comment\n" + parameters
                + Pki.pem(
                        root.certificate(),
                        stranger.certificate(),
                        own.certificate(),
                        own.key(),
                        middle.certificate())));
        assertEquals(List.of(own.certificate(), middle.certificate(), root.certificate()), identity.chain());
        assertArrayEquals(
                own.certificate().getEncoded(), identity.encodedChain().get(0));
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        Pki.Issued own = Pki.root(Pki.leaf("own.test"));
        Pki.Issued other = Pki.root(Pki.leaf("other.test"));
        IOException refused = assertThrows(
                IOException.class, () -> load(TlsIdentity.pem(Pki.pem(own.certificate()), Pki.pem(other.key()))));
        assertTrue(
                refused.getMessage().contains("the private key is not that of the certificate of CN=own.test"),
                refused.getMessage());
        assertThrows(IOException.class, () -> load(TlsIdentity.of(other.key(), List.of(own.certificate()))));
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        Pki.Issued own = Pki.root(Pki.leaf("own.test"));
        assertTrue(assertThrows(IOException.class, () -> load(TlsIdentity.pem(Pki.pem(own.certificate()))))
                .getMessage()
                .contains("no private key"));
        assertTrue(assertThrows(IOException.class, () -> load(TlsIdentity.pem(Pki.pem(own.key()))))
                .getMessage()
                .contains("no certificate"));
        assertTrue(assertThrows(IOException.class, () -> load(TlsIdentity.pemFile(directory.resolve("gone.pem"))))
                .getMessage()
                .endsWith("gone.pem: there is no such file"));
        String damaged = Pki.pem(own.certificate()).replaceFirst("MII", "AII") + Pki.pem(own.key());
        assertThrows(IOException.class, () -> load(TlsIdentity.pem(damaged)));
    }

    @ParameterizedTest
    @CsvSource({"ML-DSA-44, mldsa44", "ML-DSA-65, mldsa65", "ML-DSA-87, mldsa87"})
    void mlDsaKeysAreLoaded(String algorithm, String scheme) throws Exception {
        Pki.Issued own = Pki.root(Pki.leaf("own.test").algorithm(algorithm));
        LoadedIdentity identity = load(TlsIdentity.pem(Pki.pem(own.certificate(), own.key())));
        assertEquals(
                scheme,
                SignatureScheme.getName(identity.signatureSchemes().get(0)).replace("DRAFT_", ""));
        assertNotNull(identity.key());
    }

    @Test
    void aKeyOfAStoreIsTakenByNameOrAlone() throws Exception {
        Pki.Issued own = Pki.root(Pki.leaf("own.test"));
        Pki.Issued other = Pki.root(Pki.leaf("other.test"));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("a", other.key(), "geheim".toCharArray(), new Certificate[] {other.certificate()});
        store.setKeyEntry("b", own.key(), "geheim".toCharArray(), new Certificate[] {own.certificate()});
        assertEquals(
                "CN=own.test", load(TlsIdentity.keyStore(store, "b", SECRET)).toString());
        assertEquals(
                "CN=other.test", load(TlsIdentity.keyStore(store, null, SECRET)).toString());
        assertThrows(IOException.class, () -> load(TlsIdentity.keyStore(store, "c", SECRET)));
        assertThrows(IOException.class, () -> load(TlsIdentity.keyStore(store, "b", TlsPassword.of("x"))));
    }

    @Test
    void signatureSchemesAreThoseOfTheKey() throws Exception {
        assertEquals(SignatureScheme.ecdsa_secp256r1_sha256, schemes("EC").get(0));
        assertTrue(schemes("RSA")
                .containsAll(List.of(
                        SignatureScheme.rsa_pss_rsae_sha256,
                        SignatureScheme.rsa_pss_rsae_sha512,
                        SignatureScheme.rsa_pkcs1_sha256)));
        assertEquals(List.of(SignatureScheme.ed25519), schemes("Ed25519"));
        Tool.openssl(directory, "genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out key.pem");
        Tool.openssl(directory, "req -x509 -key key.pem -subj /CN=own.test -days 30 -out cert.pem");
        assertEquals(
                List.of(
                        SignatureScheme.rsa_pss_pss_sha256,
                        SignatureScheme.rsa_pss_pss_sha384,
                        SignatureScheme.rsa_pss_pss_sha512),
                load(TlsIdentity.pemFiles(directory.resolve("cert.pem"), directory.resolve("key.pem")))
                        .signatureSchemes());
    }

    private List<Integer> schemes(String algorithm) throws Exception {
        Pki.Issued own = Pki.root(Pki.leaf("own.test").algorithm(algorithm));
        return load(TlsIdentity.of(own.key(), List.of(own.certificate()))).signatureSchemes();
    }

    @Test
    void rawPublicKeysHaveNoChain() throws Exception {
        KeyPair pair = Pki.keys("Ed25519");
        LoadedIdentity identity = load(TlsIdentity.rawPublicKey(pair.getPrivate(), pair.getPublic()));
        assertTrue(identity.isRawPublicKey());
        assertArrayEquals(pair.getPublic().getEncoded(), identity.publicKey());
        PublicKey other = Pki.keys("Ed25519").getPublic();
        assertThrows(IOException.class, () -> load(TlsIdentity.rawPublicKey(pair.getPrivate(), other)));
    }

    @Test
    void aKeyThatCannotLeaveItsTokenIsLeftWhereItIs() throws Exception {
        Pki.Issued own = Pki.root(Pki.leaf("own.test"));
        PrivateKey opaque = new PrivateKey() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getAlgorithm() {
                return "EC";
            }

            @Override
            public String getFormat() {
                return null;
            }

            @Override
            public byte[] getEncoded() {
                return null;
            }
        };
        LoadedIdentity identity = load(TlsIdentity.of(opaque, List.of(own.certificate())));
        assertNull(identity.key());
        assertEquals(new TokenKey(opaque, null), identity.tokenKey());
    }

    @Test
    void anOcspResponseIsStapled() throws Exception {
        Pki.Issued root = Pki.root(Pki.authority("Root"));
        Pki.Issued own = Pki.issue(root, Pki.leaf("own.test"));
        byte[] response = Pki.ocsp(
                own.certificate(),
                root.certificate(),
                root,
                CertificateStatus.GOOD,
                Instant.now(),
                Instant.now().plus(Duration.ofDays(1)));
        Path file = Files.write(directory.resolve("own.ocsp"), response);
        TlsIdentity identity = TlsIdentity.pem(Pki.pem(own.certificate(), own.key()));
        assertArrayEquals(response, load(identity.stapling(file)).ocspResponse());
        Files.writeString(file, "nonsense");
        assertTrue(assertThrows(IOException.class, () -> load(identity.stapling(file)))
                .getMessage()
                .contains("own.ocsp: not an OCSP response"));
    }

    private static LoadedIdentity load(TlsIdentity identity) throws IOException {
        return IdentityLoader.load(identity, new WatchedFiles());
    }
}
