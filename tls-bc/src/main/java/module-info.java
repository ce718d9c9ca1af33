/** TLS on BouncyCastle's low-level TLS API. Exports nothing: it is a {@link dev.haft.tls.TlsProvider}. */
module dev.haft.tls.bc {
    requires dev.haft;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.tls;
    requires org.bouncycastle.util;
    requires static org.jspecify;
    requires static osgi.core;

    provides dev.haft.tls.TlsProvider with
            dev.haft.tls.bc.BcTlsProvider;
}
