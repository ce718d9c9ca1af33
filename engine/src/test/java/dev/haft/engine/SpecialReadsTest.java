package dev.haft.engine;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static dev.haft.Reads.peek;
import static dev.haft.Reads.tlsDetect;
import static dev.haft.Reads.toEnd;
import static dev.haft.Reads.view;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Parity r.some, r.peek, r.chunk (view), r.to_end, r.tls_detect. */
class SpecialReadsTest {
    private final Events events = new Events();

    private Pair open() throws Exception {
        return Pair.open(Link.TCP, events.options());
    }

    @Test
    void whatIsPeekedAtIsReadNext() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(h -> h.pushRead(peek(2), events.value())
                    .pushRead(tlsDetect(), events.value())
                    .pushRead(line(), events.value()));
            pair.peer.send("abc\n");
            events.expect("ab", "TlsDetection[tls=false, major=0, minor=0]", "abc");
        }
    }

    @Test
    void aPeekOfOnEachIsNotGivenForEver() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(h -> h.onEach(peek(1), events.value()));
            pair.peer.send("a");
            events.expect("a");
            pair.settle();
            events.expectNoMore();
        }
    }

    @Test
    void aViewShowsTheBytesWithoutACopyInItsCallback() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(h -> h.pushRead(view(4), (handle, bytes) -> {
                        ByteBuffer rest = handle.readBuffer().duplicate();
                        assertTrue(bytes.array() == rest.array(), "the same array");
                        assertEquals(4, bytes.capacity());
                        events.add(bytes.getInt() + " " + StandardCharsets.ISO_8859_1.decode(rest));
                    })
                    .pushRead(chunk(4).flatMap(head -> view(1)), (handle, bytes) -> events.add("" + bytes.get())));
            pair.peer.send("\0\0\1\2rest7");
            events.expect("258 rest7", "55");
        }
    }

    @Test
    void aViewIsRefusedWhereItWouldBeKept() throws Exception {
        try (Pair pair = open()) {
            HandleException error = (HandleException) Pair.failure(pair.handle.read(view(4)));
            assertEquals(ErrorCode.BAD_MESSAGE, error.code());
            assertTrue(error.getMessage().startsWith("view(4) is valid in its callback only"), error::getMessage);
            pair.onLoop(h -> h.startRead());
            pair.peer.send("\1");
            assertEquals(
                    error.getMessage().replace('4', '1'),
                    Pair.failure(pair.handle.read(chunk(1).flatMap(head -> view(head[0]))))
                            .getMessage());
            events.expectNoMore();
        }
    }

    @Test
    void aViewThatIsMappedMayGoToAFuture() throws Exception {
        try (Pair pair = open()) {
            pair.peer.send("\0\0\0\7\1x");
            Integer number = Pair.await(pair.handle.read(view(4).map(ByteBuffer::getInt)));
            assertEquals(Integer.valueOf(7), number);
            Byte octet = Pair.await(
                    pair.handle.read(view(1).flatMap(head -> view(head.get()).map(ByteBuffer::get))));
            assertEquals(Byte.valueOf((byte) 'x'), octet);
        }
    }

    @Test
    void allBytesUpToTheEndAreOneValue() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(h -> h.pushRead(toEnd(6), events.value()));
            pair.peer.send("abc");
            pair.peer.send("def");
            pair.peer.end();
            events.expect("abcdef", "eof");
        }
        try (Pair pair = open()) {
            pair.onLoop(h -> h.pushRead(toEnd(6), events.value()));
            pair.peer.end();
            events.expect("", "eof");
        }
    }

    @Test
    void moreThanTheLimitIsTooLongAndStays() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(h -> h.pushRead(toEnd(2), events.value()));
            pair.peer.send("abc");
            events.expect("TOO_LONG");
            pair.onLoop(h -> h.pushRead(chunk(3), events.value()).startRead());
            events.expect("abc");
        }
    }

    @Test
    void afterAResetOnErrorSeesWhatHadCome() throws Exception {
        try (Pair pair = open()) {
            pair.onLoop(h -> h.onError((handle, error) ->
                            events.add(error.code() + " " + StandardCharsets.ISO_8859_1.decode(handle.readBuffer())))
                    .pushRead(toEnd(100), events.value()));
            pair.peer.send("abc");
            while (pair.handle.stats().bytesRead() < 3) {
                pair.settle();
            }
            pair.peer.reset();
            events.expect("CONNECTION_RESET abc");
            Pair.await(pair.handle.closed());
            assertTrue(pair.handle.isDestroyed());
        }
    }
}
