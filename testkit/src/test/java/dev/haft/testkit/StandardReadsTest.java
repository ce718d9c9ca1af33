package dev.haft.testkit;

import static dev.haft.Reads.chunk;
import static dev.haft.Reads.line;
import static dev.haft.Reads.lineAndMarker;
import static dev.haft.Reads.lineBytes;
import static dev.haft.Reads.netstring;
import static dev.haft.Reads.packed;
import static dev.haft.Reads.regex;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.haft.ErrorCode;
import dev.haft.LengthPrefix;
import dev.haft.Line;
import dev.haft.Match;
import dev.haft.Read;
import dev.haft.Writes;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every standard read type keeps the law of the decoder; parity r.chunk to r.packstring, r.combine. */
class StandardReadsTest {
    private static final int LONG = 1 << 20;

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(ISO_8859_1);
    }

    @Test
    void chunksKeepTheLaw() {
        DecoderVerifier.of(chunk(3))
                .example(bytes("abc"), bytes("abc"))
                .example(bytes("\n\0\u00ff"), bytes("\n\0\u00ff"))
                .verify();
        DecoderVerifier.of(chunk(0)).example(bytes(""), bytes("")).verify();
        DecoderVerifier.of(chunk(10_000))
                .example(new byte[10_000], new byte[10_000])
                .verify();
        DecoderVerifier.of(chunk(LONG)).linear(new byte[LONG], new byte[LONG]).verify();
    }

    @Test
    void linesKeepTheLaw() {
        DecoderVerifier.of(line().limit(5))
                .example("abc\r\n", "abc")
                .example("\n", "")
                .example("\r\n", "")
                .example("a\rb\n", "a\rb")
                .example("\r\r\n", "\r")
                .example("abcd\r\r\n", "abcd\r")
                .example("äöu\n", "äöu")
                .bad("abcdef", ErrorCode.TOO_LONG)
                .bad("abcdef\n", ErrorCode.TOO_LONG)
                .verify();
        DecoderVerifier.of(lineBytes())
                .example(bytes("\u00ff\0\n"), bytes("\u00ff\0"))
                .verify();
        DecoderVerifier.of(line().limit(LONG))
                .example("x\n", "x")
                .linear(bytes("x".repeat(LONG) + "\r\n"), "x".repeat(LONG))
                .verify();
    }

    @Test
    void linesWithMarkersKeepTheLaw() {
        DecoderVerifier.of(line("\r\n").limit(4))
                .example("a\nb\r\n", "a\nb")
                .example("\r\n", "")
                .example("\r\r\n", "\r")
                .bad("abcde", ErrorCode.TOO_LONG)
                .verify();
        DecoderVerifier.of(line("--aa--"))
                .example("x--aa--", "x")
                .example("--a--aa--", "--a")
                .example("--aa-x---aa--", "--aa-x-")
                .linear(bytes("-".repeat(LONG >> 5) + "--aa--"), "-".repeat(LONG >> 5))
                .verify();
        DecoderVerifier.of(lineAndMarker(Pattern.compile("[,;]\n?;"), ISO_8859_1))
                .example("a,;", new Line("a", ",;"))
                .example(";,b;\n;", new Line(";,b", ";\n;"))
                .verify();
        DecoderVerifier.of(lineAndMarker())
                .example("a\r\n", new Line("a", "\r\n"))
                .example("b\n", new Line("b", "\n"))
                .verify();
    }

    @Test
    void netstringsKeepTheLaw() throws Exception {
        DecoderVerifier.of(netstring(10))
                .example(bytes("3:abc,"), bytes("abc"))
                .written(Writes.netstring(), bytes(""), bytes("0123456789"), bytes("1:a,\n\u00ff"))
                .bad("11:", ErrorCode.TOO_LONG)
                .bad("99999999999999999999999999:", ErrorCode.TOO_LONG)
                .bad("03:abc,", ErrorCode.BAD_MESSAGE)
                .bad("3:abcd", ErrorCode.BAD_MESSAGE)
                .bad("-1:", ErrorCode.BAD_MESSAGE)
                .bad(":,", ErrorCode.BAD_MESSAGE)
                .verify();
        byte[] content = bytes("1:,\n".repeat(LONG / 4));
        DecoderVerifier.of(netstring())
                .written(Writes.netstring(), bytes("a"))
                .linear(BytesOutput.encoded(Writes.netstring(), content), content)
                .verify();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c", "C", "s", "s!", "S", "S!", "l", "l!", "L", "L!", "q", "Q", "i", "i!", "I", "I!", "j", "J", "n",
                "n!", "N", "N!", "v", "v!", "V", "V!", "w", "s<", "S<", "s>", "S>", "l<", "L<", "l>", "L>", "q<", "Q<",
                "q>", "Q>", "i<", "I<", "i>", "I>", "j<", "J<", "j>", "J>", "l!<", "L!>"
            })
    void packedStringsOfEveryFormatKeepTheLaw(String format) throws Exception {
        DecoderVerifier.of(packed(format, 120))
                .written(Writes.packed(format), bytes(""), bytes("hello"), new byte[120])
                .bad(BytesOutput.encoded(Writes.packed(format), new byte[121]), ErrorCode.TOO_LONG)
                .verify();
    }

    @Test
    void packedStringsOfOtherPrefixesKeepTheLaw() throws Exception {
        for (LengthPrefix prefix :
                new LengthPrefix[] {LengthPrefix.U24_BE, LengthPrefix.U24_LE, LengthPrefix.LEB128, LengthPrefix.of("w")
                }) {
            DecoderVerifier.of(packed(prefix, 2000))
                    .written(Writes.packed(prefix), bytes(""), bytes("x".repeat(127)), bytes("y".repeat(300)))
                    .linear(BytesOutput.encoded(Writes.packed(prefix), new byte[1500]), new byte[1500])
                    .verify();
        }
        DecoderVerifier.of(packed("c"))
                .written(Writes.packed("c"), bytes("a"))
                .bad(bytes("\u00ffabc"), ErrorCode.BAD_MESSAGE)
                .verify();
    }

    @Test
    void matchesKeepTheLaw() {
        Read<String> match = regex("^([0-9]+);").reject("^[^0-9]").limit(6).map(Match::text);
        DecoderVerifier.of(match)
                .example("12;", "12;")
                .example("00000;", "00000;")
                .bad("x1;", ErrorCode.BAD_MESSAGE)
                .bad("0000000;", ErrorCode.TOO_LONG)
                .verify();
        // Cut within the line feeds the skip pattern sees less: this one does not care.
        Read<String> skipping =
                regex("\n\n").skip("^[^\n]*\n?(?=[^\n])").unlimited().map(Match::text);
        DecoderVerifier.of(skipping)
                .example("a: b\nc: d\n\n", "a: b\nc: d\n\n")
                .example("\n\n", "\n\n")
                .verify();
    }

    @Test
    void combinationsKeepTheLaw() {
        Read<byte[]> epp = chunk(4).flatMap(head -> chunk(ByteBuffer.wrap(head).getInt() - 4));
        DecoderVerifier.of(epp)
                .example(bytes("\0\0\0\7abc"), bytes("abc"))
                .example(bytes("\0\0\0\4"), bytes(""))
                .verify();
        DecoderVerifier.of(line().limit(3).map(Integer::valueOf).named("number"))
                .example("123\n", 123)
                .example("-7\r\n", -7)
                .bad("1234\n", ErrorCode.TOO_LONG)
                .verify();
        DecoderVerifier.of(line().limit(3).flatMap(text -> netstring(text.length())))
                .example(bytes("abc\n3:xyz,"), bytes("xyz"))
                .bad("ab\n3:xyz,", ErrorCode.TOO_LONG)
                .verify();
        DecoderVerifier.of(line().limit(20).map(text -> text.startsWith("x") ? null : text))
                .example("abc\n", "abc")
                .bad("xyz\n", ErrorCode.BAD_MESSAGE)
                .verify();
    }
}
