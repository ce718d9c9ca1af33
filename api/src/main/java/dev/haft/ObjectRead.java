package dev.haft;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link Reads#object}. */
record ObjectRead(Read<byte[]> frame, ObjectInputFilter filter, ClassLoader classes) implements Read<Object> {
    private static final int MAX_DEPTH = 256;

    ObjectRead {
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(classes, "classes");
    }

    @Override
    public Decoder<Object> begin(ReadContext context) throws BadMessageException {
        return new ObjectDecoder(frame.begin(context));
    }

    @Override
    public String toString() {
        return "object";
    }

    static byte[] serialized(Object value) throws BadMessageException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new BadMessageException("cannot be serialized: " + e, e);
        }
        return bytes.toByteArray();
    }

    private final class ObjectDecoder implements Decoder<Object> {
        private final Decoder<byte[]> whole;

        ObjectDecoder(Decoder<byte[]> whole) {
            this.whole = whole;
        }

        @Override
        public @Nullable Object decode(ByteBuffer in) throws BadMessageException {
            byte[] message = whole.decode(in);
            return message == null ? null : object(message);
        }

        @Override
        public OptionalInt limitBytes() {
            return whole.limitBytes();
        }
    }

    private Object object(byte[] message) throws BadMessageException {
        InputStream bytes = new ByteArrayInputStream(message);
        try (Filtered in = new Filtered(bytes, classes)) {
            in.setObjectInputFilter(ObjectInputFilter.merge(
                    ObjectInputFilter.rejectUndecidedClass(filter), new SizeFilter(message.length)));
            Object value = in.readObject();
            if (value == null) {
                throw new BadMessageException("null is no object");
            }
            if (in.available() > 0 || bytes.available() > 0) {
                throw new BadMessageException("bytes are left behind the object");
            }
            return value;
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError | StackOverflowError e) {
            throw new BadMessageException("no object that is let in: " + e, e);
        }
    }

    /** Finds classes where it is told, not where the caller of the moment would. */
    private static final class Filtered extends ObjectInputStream {
        /** They have no loader. */
        private static final Map<String, Class<?>> PRIMITIVES = Stream.of(
                        boolean.class,
                        byte.class,
                        char.class,
                        short.class,
                        int.class,
                        long.class,
                        float.class,
                        double.class,
                        void.class)
                .collect(Collectors.toUnmodifiableMap(Class::getName, c -> c));

        private final ClassLoader classes;

        Filtered(InputStream in, ClassLoader classes) throws IOException {
            super(in);
            this.classes = classes;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
            Class<?> primitive = PRIMITIVES.get(description.getName());
            return primitive != null ? primitive : Class.forName(description.getName(), false, classes);
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
            throw new InvalidClassException("dynamic proxies are not let in");
        }
    }

    /** Each element of an array takes a byte at least, so that a message of so many cannot have more; maps round up. */
    private static final class SizeFilter implements ObjectInputFilter {
        private static final int SMALL = 1024;
        private static final int SLACK = 4;

        private long elementsLeft;

        SizeFilter(int messageBytes) {
            elementsLeft = SMALL + (long) SLACK * messageBytes;
        }

        @Override
        public Status checkInput(FilterInfo info) {
            elementsLeft -= Math.max(0, info.arrayLength());
            return elementsLeft < 0 || info.depth() > MAX_DEPTH ? Status.REJECTED : Status.UNDECIDED;
        }
    }
}
