package dev.haft.tls.bc;

import dev.haft.HandleException;
import dev.haft.tls.TlsProtocol;
import dev.haft.tls.TlsRole;
import java.security.GeneralSecurityException;

/** An open engine and the cipher of its peer, which sends what no engine would. */
final class RecordPair {
    final TlsPair.End receiver;
    final RecordCipher sealer;

    private RecordPair(TlsPair.End receiver, RecordCipher sealer) {
        this.receiver = receiver;
        this.sealer = sealer;
    }

    static RecordPair of(TlsProtocol version) throws Exception {
        return of(version, TlsRole.SERVER);
    }

    static RecordPair toClient(TlsProtocol version) throws Exception {
        return of(version, TlsRole.CLIENT);
    }

    private static RecordPair of(TlsProtocol version, TlsRole receiver) throws Exception {
        TlsPair pair = Fixture.pair(
                        Fixture.client().protocols(version), Fixture.server().resumption(false))
                .shake();
        TlsPair.End sends = receiver == TlsRole.SERVER ? pair.client : pair.server;
        return new RecordPair(
                receiver == TlsRole.SERVER ? pair.server : pair.client, ((BcEngine) sends.engine).sealer());
    }

    void send(int type, byte[] content) throws HandleException, GeneralSecurityException {
        byte[] record = new byte[content.length + sealer.overheadBytes()];
        int length = sealer.seal(type, content, 0, content.length, record, 0);
        receiver.arrive(record, 0, length);
        receiver.take();
    }
}
