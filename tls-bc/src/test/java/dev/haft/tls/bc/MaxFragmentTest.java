package dev.haft.tls.bc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.HandleException;
import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsStart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Hashtable;
import java.util.Random;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.MaxFragmentLength;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerOnlyTlsAuthentication;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client with little memory asks for small records (RFC 6066 §4). */
class MaxFragmentTest {
    private static final int MOST = 1 << 9;

    /** BouncyCastle's own client, which believes anybody. */
    private static final class SmallClient extends DefaultTlsClient {
        private final ProtocolVersion version;

        SmallClient(ProtocolVersion version) {
            super(new BcTlsCrypto(new SecureRandom()));
            this.version = version;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return version.only();
        }

        @Override
        public Hashtable<?, ?> getClientExtensions() throws IOException {
            Hashtable<?, ?> extensions = super.getClientExtensions();
            TlsExtensionsUtils.addMaxFragmentLengthExtension(extensions, MaxFragmentLength.pow2_9);
            return extensions;
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new ServerOnlyTlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) {}
            };
        }
    }

    /** What the server sends for a text, and takes. */
    private static byte[] exchange(TlsClientProtocol client, TlsPair.End server, byte[] text)
            throws IOException, HandleException {
        byte[] sent = new byte[client.getAvailableOutputBytes()];
        client.readOutput(sent, 0, sent.length);
        server.arrive(sent, 0, sent.length);
        server.take();
        byte[] answer = server.output(text);
        client.offerInput(answer);
        return answer;
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
    void recordsAreAsSmallAsTheClientWantsThem(TlsProtocol version) throws Exception {
        TlsPair.End server = new TlsPair.End(new BcTlsProvider()
                .engine(TlsStart.server(Fixture.server().build().context())));
        server.engine.start();
        TlsClientProtocol client = new TlsClientProtocol();
        client.connect(
                new SmallClient(version == TlsProtocol.TLS_1_2 ? ProtocolVersion.TLSv12 : ProtocolVersion.TLSv13));
        for (int i = 0; i < 4; i++) {
            exchange(client, server, new byte[0]);
        }
        byte[] text = new byte[10_000];
        new Random(1).nextBytes(text);
        client.writeApplicationData(text, 0, text.length);

        ByteBuffer records = ByteBuffer.wrap(exchange(client, server, text));

        assertArrayEquals(text, server.clear());
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        byte[] part = new byte[text.length];
        while (client.getAvailableInputBytes() > 0) {
            got.write(part, 0, client.readInput(part, 0, part.length));
        }
        assertArrayEquals(text, got.toByteArray());
        while (records.hasRemaining()) {
            int length = records.getShort(records.position() + 3);
            assertTrue(length <= MOST + 24, length + " bytes in a record");
            records.position(records.position() + Framing.HEADER_BYTES + length);
        }
    }
}
