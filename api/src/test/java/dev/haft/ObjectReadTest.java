package dev.haft;

import static dev.haft.Reads.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamConstants;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Parity r.storable, w.storable. */
class ObjectReadTest {
    private static final ClassLoader CLASSES = ObjectReadTest.class.getClassLoader();
    private static final ObjectInputFilter JDK =
            ObjectInputFilter.Config.createFilter("java.base/java.util.*;java.base/java.lang.*;java.base/java.time.*");

    /** Notes that it was made, which a class that is not let in must not be. */
    static final class Trap implements Serializable {
        private static final long serialVersionUID = 1L;
        private static boolean sprung;

        private Object readResolve() {
            sprung = true;
            return this;
        }
    }

    private static byte[] written(Object value) throws BadMessageException {
        Collected out = new Collected();
        Writes.object().encode(value, out);
        return out.bytes();
    }

    private static Object read(ObjectInputFilter filter, byte[] stream) throws BadMessageException {
        ByteBuffer in = ByteBuffer.wrap(stream);
        Object value = object(filter, CLASSES).begin(DecoderHarness.CONTEXT).decode(in);
        assertEquals(0, in.remaining());
        return value;
    }

    private static BadMessageException refused(byte[] stream) {
        BadMessageException e = assertThrows(BadMessageException.class, () -> read(JDK, stream));
        assertEquals(ErrorCode.BAD_MESSAGE, e.code());
        return e;
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        Map<Object, Object> map = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            map.put(i, new ArrayList<>(List.of("x".repeat(i % 9), LocalDate.of(2026, 1, 1 + i % 28))));
        }
        for (Object value : List.of("text", 42, List.of(1, 2, 3), map, new HashMap<>(Map.of("a", 1)))) {
            assertEquals(value, read(JDK, written(value)));
        }
        assertEquals(long[].class, read(JDK, written(new long[100_000])).getClass());
    }

    @Test
    void theLengthStandsBeforeInBer() throws Exception {
        byte[] stream = written("x".repeat(200));
        assertEquals(0x81, stream[0] & 0xff);
        assertEquals(stream.length - 2, 128 + stream[1]);
    }

    @Test
    void aClassThatTheFilterDoesNotNameIsNotMade() throws Exception {
        byte[] stream = written(new Trap());
        refused(stream);
        assertFalse(Trap.sprung);
        read(info -> ObjectInputFilter.Status.ALLOWED, stream);
        assertTrue(Trap.sprung);
    }

    @Test
    void whatTheFilterDoesNotDecideIsRefused() throws Exception {
        byte[] stream = written(new ArrayList<>(List.of(1)));
        for (ObjectInputFilter filter : List.<ObjectInputFilter>of(
                info -> ObjectInputFilter.Status.UNDECIDED,
                ObjectInputFilter.Config.createFilter("maxdepth=5"),
                info -> {
                    throw new IllegalStateException("filter");
                })) {
            BadMessageException e = assertThrows(BadMessageException.class, () -> read(filter, stream));
            assertEquals(ErrorCode.BAD_MESSAGE, e.code());
        }
    }

    /** Throws when it is read. */
    static final class Hostile implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) {
            throw new IllegalArgumentException("hostile");
        }
    }

    /** Overflows the stack when it is read. */
    static final class Endless implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) {
            endless(0);
        }

        @SuppressWarnings("InfiniteRecursion")
        private int endless(int depth) {
            return endless(depth + 1) + 1;
        }
    }

    @Test
    void anObjectWhoseOwnCodeFailsIsRefused() throws Exception {
        for (Object value : List.of(new Hostile(), new Endless())) {
            byte[] stream = written(value);
            BadMessageException e = assertThrows(
                    BadMessageException.class, () -> read(info -> ObjectInputFilter.Status.ALLOWED, stream));
            assertEquals(ErrorCode.BAD_MESSAGE, e.code());
        }
    }

    @Test
    void theFilterIsMandatory() {
        assertThrows(NullPointerException.class, () -> object(null, CLASSES));
        assertThrows(NullPointerException.class, () -> object(JDK, null));
    }

    @Test
    void classesAreFoundByTheLoaderThatIsGiven() throws Exception {
        byte[] stream = written(new Trap());
        ObjectInputFilter all = info -> ObjectInputFilter.Status.ALLOWED;
        // The platform's class loader would ask the application's for packages of modules, such as this one.
        ClassLoader bare = new ClassLoader(null) {};
        BadMessageException e = assertThrows(
                BadMessageException.class,
                () -> object(all, bare).begin(DecoderHarness.CONTEXT).decode(ByteBuffer.wrap(stream)));
        assertEquals(ClassNotFoundException.class, e.getCause().getClass());
    }

    @Test
    void dynamicProxiesAreRefused() throws Exception {
        Object proxy = Proxy.newProxyInstance(
                CLASSES, new Class<?>[] {Comparable.class}, (java.lang.reflect.InvocationHandler & Serializable)
                        (self, method, args) -> 0);
        byte[] stream = written(proxy);
        assertThrows(BadMessageException.class, () -> read(info -> ObjectInputFilter.Status.ALLOWED, stream));
    }

    @Test
    void anArrayThatCannotBeInTheMessageIsRefusedBeforeItIsMade() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new long[0]);
        }
        byte[] stream = bytes.toByteArray();
        ByteBuffer.wrap(stream).putInt(stream.length - 4, Integer.MAX_VALUE);
        assertTrue(refused(framed(stream)).getMessage().contains("REJECTED"));
    }

    @Test
    void nestingHasALimit() throws Exception {
        List<Object> nested = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            List<Object> outer = new ArrayList<>();
            outer.add(nested);
            nested = outer;
        }
        byte[] stream = written(nested);
        assertTrue(refused(stream).getMessage().contains("REJECTED"));
    }

    @Test
    void nullAndGarbageAndBytesLeftOverAreBad() throws Exception {
        refused(framed(DecoderHarness.bytes("garbage")));
        refused(framed(new byte[0]));
        refused(framed(new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, ObjectStreamConstants.TC_NULL}));
        byte[] content = DecoderHarness.bytes("\u00ac\u00ed\0\5t\0\1x");
        assertEquals("x", read(JDK, framed(content)));
        refused(framed(Arrays.copyOf(content, content.length + 1)));
        for (int length = 0; length < content.length; length++) {
            refused(framed(Arrays.copyOf(content, length)));
        }
        assertTrue(refused(framed(DecoderHarness.bytes("\u00ac\u00ed\0\5t\0\1xt\0\1y")))
                .getMessage()
                .contains("left behind"));
    }

    @Test
    void whatIsTooLongIsRefusedByItsLength() {
        BadMessageException e = assertThrows(
                BadMessageException.class,
                () -> object(JDK, CLASSES, 10).begin(DecoderHarness.CONTEXT).decode(ByteBuffer.wrap(new byte[] {11})));
        assertEquals(ErrorCode.TOO_LONG, e.code());
    }

    @Test
    void whatCannotBeSerializedIsRefusedByTheWriter() {
        assertThrows(BadMessageException.class, () -> written(new Object()));
    }

    private static byte[] framed(byte[] content) throws BadMessageException {
        Collected out = new Collected();
        Writes.packed("w").encode(content, out);
        return out.bytes();
    }
}
