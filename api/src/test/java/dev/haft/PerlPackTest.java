package dev.haft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Lengths are what Perl's {@code pack} and {@code unpack} make of them, for every letter with every modifier. Parity
 * r.packstring, w.packstring.
 */
class PerlPackTest {
    private static final String LETTERS = "cCsSlLqQiInNvVjJw";
    private static final List<String> MODIFIERS = List.of("", "!", "<", ">", "!<", "!>", "<!", ">!", "<>");
    private static final int NUMBERS = 35;
    private static final int LIMIT = 1 << 20;

    /** A row: format, number, its bytes or {@code none}; what these bytes are again. Formats that Perl refuses: {@code none}. */
    private static final String SCRIPT = """
            no warnings; $SIG{__WARN__} = sub {};
            for my $format (@ARGV) {
                for my $n (0, 1, 2, 5, 100, 127, 128, 129, 255, 256, 257, 16383, 16384, 32767, 32768, 65535, 65536,
                        1048575, 1048576, 1048577, 2097151, 2097152, 16777215, 16777216, 268435455,
                        268435456, 2147483647, 2147483648, 4294967295,
                        9223372036854775807, 18446744073709551615, -1, -2, -128, -32768) {
                    my $packed = eval { pack $format, $n };
                    my $again = defined $packed ? eval { unpack $format, $packed } : undef;
                    print join (" ", $format, $n, defined $packed ? unpack ("H*", $packed) : "none",
                        defined $again ? $again : "none"), "\\n";
                }
            }
            """;

    private static List<String> formats() {
        List<String> formats = new ArrayList<>();
        LETTERS.chars().forEach(letter -> MODIFIERS.forEach(m -> formats.add((char) letter + m)));
        return formats;
    }

    private static List<String> table() throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("perl", "-e", SCRIPT));
        command.addAll(formats());
        try {
            Process perl = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String rows = new String(perl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(perl.waitFor(20, TimeUnit.SECONDS), "perl does not end");
            assertEquals(0, perl.exitValue());
            return rows.lines().toList();
        } catch (IOException e) {
            return Assumptions.abort("there is no perl to compare with: " + e.getMessage());
        }
    }

    @Test
    void everyLetterWithEveryModifierIsWhatItIsInPerl() throws Exception {
        int known = 0;
        int refused = 0;
        for (String row : table()) {
            String[] cells = row.split(" ");
            LengthPrefix prefix = prefix(cells[0]);
            boolean inPerl = !cells[2].equals("none") || cells[0].equals("w");
            assertEquals(inPerl, prefix != null, () -> "known in Perl, and here: " + row);
            if (prefix == null) {
                refused++;
            } else {
                known++;
                if (!cells[2].equals("none")) {
                    reads(prefix, HexFormat.of().parseHex(cells[2]), new BigInteger(cells[3]), row);
                }
                writes(prefix, cells, row);
            }
        }
        // 17 letters; of 9 modifiers each, with so many numbers: none is left out.
        assertEquals(LETTERS.length() * MODIFIERS.size() * NUMBERS, known + refused);
        assertTrue(known > NUMBERS * LETTERS.length() && refused > 0, known + " known");
    }

    private static LengthPrefix prefix(String format) {
        try {
            return LengthPrefix.of(format);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Perl's bytes are the length that Perl reads in them, or the right error. */
    private static void reads(LengthPrefix prefix, byte[] packed, BigInteger length, String row) throws Exception {
        Decoder<byte[]> decoder = Reads.packed(prefix, LIMIT).begin(DecoderHarness.CONTEXT);
        if (length.signum() < 0) {
            BadMessageException e =
                    assertThrows(BadMessageException.class, () -> decoder.decode(ByteBuffer.wrap(packed)), row);
            assertEquals(ErrorCode.BAD_MESSAGE, e.code(), row);
        } else if (length.compareTo(BigInteger.valueOf(LIMIT)) > 0) {
            BadMessageException e =
                    assertThrows(BadMessageException.class, () -> decoder.decode(ByteBuffer.wrap(packed)), row);
            assertEquals(ErrorCode.TOO_LONG, e.code(), row);
        } else {
            byte[] stream = Arrays.copyOf(packed, packed.length + length.intValue() + 1);
            ByteBuffer in = ByteBuffer.wrap(stream);
            assertEquals(length.intValue(), decoder.decode(in).length, row);
            assertEquals(stream.length - 1, in.position(), row);
        }
    }

    /** A length is Perl's bytes, or refused where Perl reads another number in them than it wrote. */
    private static void writes(LengthPrefix prefix, String[] cells, String row) throws Exception {
        BigInteger wanted = new BigInteger(cells[1]);
        if (wanted.signum() < 0 || wanted.bitLength() > 31) {
            return;
        }
        Collected out = new Collected();
        if (cells[3].equals(cells[1])) {
            prefix.write(wanted.intValue(), out);
            assertArrayEquals(HexFormat.of().parseHex(cells[2]), out.bytes(), row);
        } else {
            assertThrows(BadMessageException.class, () -> prefix.write(wanted.intValue(), out), row);
        }
    }
}
