package dev.haft.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import dev.haft.BadMessageException;
import dev.haft.Read;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** However a stream is cut, the same comes out of it, and it is what the library says of the same bytes. */
class CborLawsTest {
    private static final List<Read<?>> READS = List.of(
            Cbor.value(),
            Cbor.bytes(),
            Cbor.as(Object.class).map(value -> CBORObject.FromObject(value)),
            Cbor.value().limit(30),
            Cbor.bytes().limit(12),
            Cbor.value().maxDepth(3),
            Cbor.value().maxElements(2).maxStringBytes(3));

    /** Heads that matter more often than others. */
    private static final byte[] HOSTILE =
            Hex.bytes("00 18 19 1c 3b 40 41 5f 61 7f 80 81 82 9f a1 bf c0 c1 c2 d8 f4 f8 f9 ff");

    @Property(tries = 100)
    void aStreamOfItemsGivesItsValuesInAnyCut(@ForAll long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<String> expected = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            byte[] item = item(random, 4);
            stream.writeBytes(item);
            expected.add("value " + Hex.of(item));
        }
        expected.add(Feed.CLEAN);
        assertSameInAnyCut(Cbor.bytes(), stream.toByteArray(), expected, random);
    }

    @Property(tries = 200)
    void damageAndNoiseGiveTheSameInAnyCut(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] stream = random.nextBoolean() ? damaged(item(random, 4), random) : noise(random);
        for (Read<?> read : READS) {
            assertSameInAnyCut(read, stream, Feed.whole(read, stream), random);
        }
    }

    private static void assertSameInAnyCut(Read<?> read, byte[] stream, List<String> expected, Random random) {
        assertEquals(expected, Feed.whole(read, stream));
        assertEquals(expected, Feed.byteByByte(read, stream));
        int[] cuts =
                random.ints(random.nextInt(6), 0, stream.length + 1).sorted().toArray();
        assertEquals(expected, Feed.cutAt(read, stream, cuts));
    }

    /** With the two differences that {@link Cbor#value} tells of. */
    @Property(tries = 3000)
    void whatTheLibrarySaysOfTheSameBytesWeSay(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] item = random.nextInt(3) > 0 ? damaged(item(random, 4), random) : noise(random);
        CborScanner scanner =
                new CborScanner(ItemRules.DEFAULT.limit(Integer.MAX_VALUE).withoutTags());
        int size;
        try {
            size = scanner.scan(item, 0, item.length);
        } catch (BadMessageException e) {
            // The library must refuse it too, as the beginning of whatever.
            assertEquals("refused", library(item), e.getMessage() + " " + Hex.of(item));
            return;
        }
        if (size == CborScanner.MORE) {
            assertEquals("refused", library(item), () -> "not complete: " + Hex.of(item));
            return;
        }
        byte[] slice = Arrays.copyOf(item, size);
        String ours;
        try {
            ours = Cbor.value().begin(null).decode(ByteBuffer.wrap(item)).toString();
        } catch (BadMessageException e) {
            if (e.getMessage().contains("tag 0 is of") || e.getMessage().contains("tag 1 is of")) {
                return;
            }
            ours = "refused";
        }
        assertEquals(library(slice), ours, () -> Hex.of(slice));
    }

    private static String library(byte[] item) {
        try {
            return CBORObject.DecodeFromBytes(item, CBOREncodeOptions.Default).toString();
        } catch (CBORException e) {
            return "refused";
        }
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[1 + random.nextInt(40)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextBoolean() ? HOSTILE[random.nextInt(HOSTILE.length)] : (byte) random.nextInt(256);
        }
        return noise;
    }

    private static byte[] damaged(byte[] item, Random random) {
        byte[] damaged = item.clone();
        for (int i = random.nextInt(3); i > 0; i--) {
            damaged[random.nextInt(damaged.length)] = HOSTILE[random.nextInt(HOSTILE.length)];
        }
        return damaged;
    }

    /** Well-formed, in whatever form. */
    private static byte[] item(Random random, int depth) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        item(random, depth, out);
        return out.toByteArray();
    }

    private static void item(Random random, int depth, ByteArrayOutputStream out) {
        int type = random.nextInt(depth == 0 ? 4 : 8);
        switch (type) {
            case Head.UNSIGNED, Head.NEGATIVE -> head(random, type, random.nextLong() >>> random.nextInt(64), out);
            case Head.BYTES, Head.TEXT -> string(random, type, out);
            case Head.ARRAY, Head.MAP -> {
                int count = random.nextInt(5);
                boolean indefinite = random.nextBoolean();
                if (indefinite) {
                    out.write(type << 5 | Head.INDEFINITE);
                } else {
                    head(random, type, count, out);
                }
                for (int i = type == Head.MAP ? 2 * count : count; i > 0; i--) {
                    item(random, depth - 1, out);
                }
                if (indefinite) {
                    out.write(Head.BREAK);
                }
            }
            case Head.TAG -> {
                head(random, type, 2 + random.nextInt(2000), out);
                item(random, depth - 1, out);
            }
            default -> {
                switch (random.nextInt(4)) {
                    case 0 -> out.write(0xf4 + random.nextInt(4));
                    case 1 -> out.writeBytes(new byte[] {(byte) 0xf8, (byte) (32 + random.nextInt(224))});
                    case 2 -> out.writeBytes(new byte[] {(byte) 0xf9, (byte) random.nextInt(256), 0});
                    default -> {
                        out.write(0xfb);
                        for (int i = 0; i < 8; i++) {
                            out.write(random.nextInt(256));
                        }
                    }
                }
            }
        }
    }

    private static void string(Random random, int type, ByteArrayOutputStream out) {
        boolean indefinite = random.nextInt(3) == 0;
        if (indefinite) {
            out.write(type << 5 | Head.INDEFINITE);
        }
        for (int i = indefinite ? random.nextInt(4) : 1; i > 0; i--) {
            int length = random.nextInt(30);
            head(random, type, length, out);
            for (int j = 0; j < length; j++) {
                out.write('a' + random.nextInt(26));
            }
        }
        if (indefinite) {
            out.write(Head.BREAK);
        }
    }

    /** Not always the shortest. */
    private static void head(Random random, int type, long argument, ByteArrayOutputStream out) {
        int least = argument < 0 || argument > 0xffff_ffffL
                ? 27
                : argument > 0xffff ? 26 : argument > 0xff ? 25 : argument > 23 ? 24 : 0;
        int info = Math.max(least, random.nextInt(3) == 0 ? 24 + random.nextInt(4) : 0);
        if (info == 0) {
            out.write(type << 5 | (int) argument);
            return;
        }
        out.write(type << 5 | info);
        for (int shift = Byte.SIZE * ((1 << (info - 24)) - 1); shift >= 0; shift -= Byte.SIZE) {
            out.write((int) (argument >>> shift));
        }
    }

    @Test
    void noHeadIsLookedAtTwice() throws BadMessageException {
        byte[] item = Hex.bytes("84 a2 01 9f 02 ff 6161 5f 4101 4102 ff 1a00000005 d903e8 f93e00 590100")
                .clone();
        byte[] whole = Arrays.copyOf(item, item.length + 256);
        for (int step = 1; step < 20; step++) {
            CborScanner scanner = new CborScanner(ItemRules.DEFAULT);
            byte[] shown = whole.clone();
            int size = CborScanner.MORE;
            for (int stop = step; size == CborScanner.MORE; stop += step) {
                int visible = Math.min(stop, whole.length);
                size = scanner.scan(shown, 0, visible);
                if (size == CborScanner.MORE) {
                    // A head that is not complete is looked at again; all before it is not.
                    Arrays.fill(shown, 0, Math.max(0, visible - 8), (byte) 0x1c);
                }
            }
            assertEquals(whole.length, size);
        }
    }

    @Test
    void manyItemsMayComeByteByByte() throws BadMessageException {
        byte[] item = new byte[5 + 400_000];
        System.arraycopy(Hex.bytes("9a00061a80"), 0, item, 0, 5);
        CborScanner scanner = new CborScanner(ItemRules.DEFAULT);
        for (int stop = 1; stop < item.length; stop++) {
            assertEquals(CborScanner.MORE, scanner.scan(item, 0, stop));
        }
        assertEquals(item.length, scanner.scan(item, 0, item.length));
    }
}
