package dev.haft.tls.bc.context;

import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsPassword;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/** Loads identities. Parity {@code tls.cert}. */
final class IdentityLoader {
    private static final int MOST_CERTIFICATES = 32;

    private IdentityLoader() {}

    /**
     * Loads one.
     *
     * @param identity where from
     * @param files notes what is read
     * @return key and chain, which fit each other
     * @throws IOException if something is not there or does not fit; the message says what and where
     */
    static LoadedIdentity load(TlsIdentity identity, WatchedFiles files) throws IOException {
        if (identity instanceof TlsIdentity.Stapled stapled) {
            LoadedIdentity inner = load(stapled.identity(), files);
            return inner.stapling(StapledResponse.load(files, stapled.response()));
        }
        if (identity instanceof TlsIdentity.PemFiles pem) {
            Pem certificates = pem(pem.certificates(), files);
            Pem keys = pem.key().equals(pem.certificates()) ? certificates : pem(pem.key(), files);
            return fromPem(certificates, keys, pem.key().toString(), pem.password());
        }
        if (identity instanceof TlsIdentity.PemText pem) {
            Pem certificates = Pem.parse("PEM text", pem.certificates());
            Pem keys = pem.key().equals(pem.certificates()) ? certificates : Pem.parse("PEM text", pem.key());
            return fromPem(certificates, keys, "PEM text", pem.password());
        }
        if (identity instanceof TlsIdentity.Pkcs12File file) {
            char[] password = file.password().password(file.file().toString());
            try {
                return fromStore(
                        pkcs12(file.file(), files, password),
                        file.alias(),
                        file.file().toString(),
                        password);
            } finally {
                Arrays.fill(password, '\0');
            }
        }
        if (identity instanceof TlsIdentity.Store store) {
            TlsPassword ask = store.password();
            char[] password = ask == null ? new char[0] : ask.password("key store");
            try {
                return fromStore(store.store(), store.alias(), "key store", password);
            } finally {
                Arrays.fill(password, '\0');
            }
        }
        if (identity instanceof TlsIdentity.Keys keys) {
            return fromKey("private key", new TokenKey(keys.key(), null), keys.chain());
        }
        TlsIdentity.RawKeys raw = (TlsIdentity.RawKeys) identity;
        return of(
                "private key",
                info(raw.key()),
                new TokenKey(raw.key(), null),
                List.of(),
                raw.publicKey().getEncoded());
    }

    private static Pem pem(Path file, WatchedFiles files) throws IOException {
        return Pem.parse(file.toString(), new String(files.read(file), StandardCharsets.ISO_8859_1));
    }

    private static LoadedIdentity fromPem(Pem certificates, Pem keys, String source, @Nullable TlsPassword password)
            throws IOException {
        PrivateKeyInfo info = keys.key(password);
        if (info == null) {
            throw new IOException(source + ": there is no private key in it");
        }
        List<X509Certificate> all = new ArrayList<>(certificates.certificates());
        if (all.isEmpty()) {
            var shown = certificates.publicKey();
            if (shown == null) {
                throw new IOException(source + ": there is no certificate for the private key");
            }
            return of(source, info, null, all, shown.getEncoded());
        }
        AsymmetricKeyParameter key = lightweight(source, info);
        X509Certificate own = null;
        for (X509Certificate certificate : all) {
            if (PrivateKeys.match(key, certificate.getPublicKey().getEncoded())) {
                own = certificate;
                break;
            }
        }
        if (own == null) {
            throw new IOException(source + ": the private key is not that of the certificate of "
                    + all.get(0).getSubjectX500Principal().getName());
        }
        return of(source, info, null, inOrder(own, all), own.getPublicKey().getEncoded());
    }

    /** The own certificate, and those that have signed it, one after the other; what does not belong there is left out. */
    private static List<X509Certificate> inOrder(X509Certificate own, List<X509Certificate> all) {
        List<X509Certificate> chain = new ArrayList<>(List.of(own));
        List<X509Certificate> rest = new ArrayList<>(all);
        rest.remove(own);
        X509Certificate last = own;
        while (!last.getSubjectX500Principal().equals(last.getIssuerX500Principal())
                && chain.size() < MOST_CERTIFICATES) {
            X509Certificate next = null;
            for (X509Certificate candidate : rest) {
                if (KeyIds.mayHaveIssued(candidate, last)) {
                    next = candidate;
                    break;
                }
            }
            if (next == null) {
                break;
            }
            rest.remove(next);
            chain.add(next);
            last = next;
        }
        return chain;
    }

    private static KeyStore pkcs12(Path file, WatchedFiles files, char[] password) throws IOException {
        byte[] bytes = files.read(file);
        Exception first;
        try {
            return load(KeyStore.getInstance("PKCS12"), bytes, password);
        } catch (GeneralSecurityException | IOException e) {
            first = e;
        }
        try { // what this runtime does not know: keys of ML-DSA, other ways to encrypt
            return load(KeyStore.getInstance("PKCS12", new BouncyCastleProvider()), bytes, password);
        } catch (GeneralSecurityException | IOException e) {
            first.addSuppressed(e);
            throw new IOException(file + ": not a PKCS#12 file that this password opens: " + first.getMessage(), first);
        }
    }

    private static KeyStore load(KeyStore store, byte[] bytes, char[] password)
            throws GeneralSecurityException, IOException {
        store.load(new ByteArrayInputStream(bytes), password);
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                store.getKey(alias, password); // this runtime decrypts a key only now
            }
        }
        return store;
    }

    private static LoadedIdentity fromStore(KeyStore store, @Nullable String alias, String source, char[] password)
            throws IOException {
        try {
            String name = alias;
            if (name == null) {
                for (String candidate : Collections.list(store.aliases())) {
                    if (store.isKeyEntry(candidate)) {
                        name = candidate;
                        break;
                    }
                }
            }
            Key key = name == null ? null : store.getKey(name, password);
            Certificate[] chain = name == null ? null : store.getCertificateChain(name);
            if (!(key instanceof PrivateKey privateKey) || chain == null) {
                throw new IOException(source + ": there is no private key with certificates in it"
                        + (alias == null ? "" : " by the name " + alias));
            }
            List<X509Certificate> certificates = new ArrayList<>();
            for (Certificate certificate : chain) {
                certificates.add(Pem.certificate(certificate.getEncoded()));
            }
            return fromKey(source, new TokenKey(privateKey, store.getProvider()), certificates);
        } catch (GeneralSecurityException e) {
            throw new IOException(source + ": " + e.getMessage(), e);
        }
    }

    private static LoadedIdentity fromKey(String source, TokenKey key, List<X509Certificate> chain) throws IOException {
        return of(
                source,
                info(key.key()),
                key,
                inOrder(chain.get(0), chain),
                chain.get(0).getPublicKey().getEncoded());
    }

    private static @Nullable PrivateKeyInfo info(PrivateKey key) {
        byte[] encoded = key.getEncoded();
        return encoded == null ? null : PrivateKeyInfo.getInstance(encoded);
    }

    private static AsymmetricKeyParameter lightweight(String source, PrivateKeyInfo info) throws IOException {
        try {
            return PrivateKeys.lightweight(info);
        } catch (IOException e) {
            throw new IOException(source + ": " + e.getMessage(), e);
        }
    }

    private static LoadedIdentity of(
            String source,
            @Nullable PrivateKeyInfo info,
            @Nullable TokenKey token,
            List<X509Certificate> chain,
            byte[] publicKey)
            throws IOException {
        AsymmetricKeyParameter key = info == null ? null : lightweight(source, info);
        if (key != null && !PrivateKeys.match(key, publicKey)) {
            throw new IOException(source + ": the private key is not that of the "
                    + (chain.isEmpty()
                            ? "public key"
                            : "certificate of "
                                    + chain.get(0).getSubjectX500Principal().getName()));
        }
        List<byte[]> encoded = new ArrayList<>();
        try {
            for (X509Certificate certificate : chain) {
                encoded.add(certificate.getEncoded());
            }
        } catch (CertificateEncodingException e) {
            throw new IOException(source + ": " + e.getMessage(), e);
        }
        List<Integer> schemes;
        try {
            schemes = PrivateKeys.signatureSchemes(publicKey);
        } catch (IOException e) {
            throw new IOException(source + ": " + e.getMessage(), e);
        }
        return new LoadedIdentity(
                key, key == null ? token : null, List.copyOf(chain), List.copyOf(encoded), publicKey, schemes, null);
    }
}
