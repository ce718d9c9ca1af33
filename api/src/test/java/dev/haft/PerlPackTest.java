package dev.haft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each letter of pack with each modifier does what the Perl that is installed does; parity w.packstring, r.packstring. */
class PerlPackTest {
    /** A line for each format and length: what pack makes, or that it knows no such format. */
    private static final String TABLE = """
            use strict; use warnings FATAL => 'all';
            for my $letter (split //, 'cCsSlLqQiInNvVjJw') {
              for my $mod ('', '!', '<', '>', '!<', '!>', '<!', '>!', '<>') {
                for my $n (0, 1, 5, 127, 128, 129, 255, 256, 300, 32767, 32768, 65535, 65536, 16777216, 2147483647) {
                  my $f = "$letter$mod";
                  my $packed = eval { no warnings; pack $f, $n };
                  my $back = defined $packed ? eval { no warnings; unpack $f, $packed } : undef;
                  print join (' ', $f, $n, !defined $packed ? '-' : $back != $n ? '?' : unpack 'H*', $packed), "\\n";
                }
              }
            }
            """;

    @TestFactory
    Stream<DynamicTest> aLengthIsPackedAndUnpackedAsByPerl() throws Exception {
        List<String> table = perl();
        assertEquals(17 * 9 * 15, table.size());
        return table.stream().map(line -> {
            String[] fields = line.split(" ", -1);
            return DynamicTest.dynamicTest(line, () -> check(fields[0], Integer.parseInt(fields[1]), fields[2]));
        });
    }

    private static List<String> perl() throws IOException, InterruptedException {
        try {
            Process perl = new ProcessBuilder("perl", "-e", TABLE)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String out = new String(perl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertEquals(0, perl.waitFor());
            return out.lines().toList();
        } catch (IOException e) {
            assumeTrue(false, "perl is not installed: " + e.getMessage());
            throw e;
        }
    }

    private static void check(String format, int length, String packed) throws BadMessageException {
        if (packed.equals("-")) {
            assertThrows(IllegalArgumentException.class, () -> LengthPrefix.of(format));
            return;
        }
        LengthPrefix prefix = LengthPrefix.of(format);
        Collected out = new Collected();
        if (packed.equals("?")) {
            assertThrows(BadMessageException.class, () -> prefix.write(length, out));
            return;
        }
        prefix.write(length, out);
        assertEquals(packed, HexFormat.of().formatHex(out.bytes()));
        ByteBuffer in = ByteBuffer.wrap(out.bytes());
        assertEquals(length, prefix.read(in));
        assertEquals(0, in.remaining());
        byte[] cut = out.bytes();
        assertEquals(LengthPrefix.INCOMPLETE, prefix.read(ByteBuffer.wrap(cut, 0, cut.length - 1)));
        assertArrayEquals(cut, out.bytes());
    }
}
