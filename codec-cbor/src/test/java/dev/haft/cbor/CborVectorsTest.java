package dev.haft.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import dev.haft.testkit.BytesOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The vectors of the CBOR working group: pairs of {@code .cbor} and {@code .edn}, the same in two notations: a list of tests
 * with bytes and what is in them, or, with {@code fail}, with bytes that are no item.
 */
class CborVectorsTest {
    /** So large an item is not cut at each of its bytes, but at many. */
    private static final int MANY_BYTES = 600;

    @TestFactory
    Stream<DynamicTest> eachPairSaysTheSame() throws IOException {
        return Vectors.files(".cbor").stream()
                .map(file -> dynamicTest(file.toString(), () -> {
                    CBORObject cbor = tests(file);
                    Path notation = Path.of(file.toString().replaceFirst("cbor$", "edn"));
                    CBORObject edn = DiagnosticParser.parse(Files.readString(notation));
                    assertTrue(
                            isSame(edn, cbor), () -> DiagnosticNotation.of(edn) + "\n" + DiagnosticNotation.of(cbor));
                }));
    }

    @TestFactory
    Stream<DynamicTest> eachItemGivesWhatItShouldInAnyCut() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Vectors.files(".cbor")) {
            CBORObject all = tests(file);
            boolean fail = all.ContainsKey("fail") && all.get("fail").AsBoolean();
            for (CBORObject test : all.get("tests").getValues()) {
                String name =
                        file.getFileName() + ": " + test.get("description").AsString();
                tests.add(dynamicTest(name, () -> check(test, fail)));
            }
        }
        return tests.stream();
    }

    private static CBORObject tests(Path file) {
        try {
            return Cbor.value().unlimited().begin(null).decode(ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (Exception e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    private static void check(CBORObject test, boolean failAll) throws Exception {
        byte[] item = test.get("encoded").GetByteString();
        List<String> log = Feed.whole(Cbor.value(), item);
        assertEquals(log, Feed.byteByByte(Cbor.value(), item));
        List<String> bytes = Feed.whole(Cbor.bytes(), item);
        int step = item.length < MANY_BYTES ? 1 : 7;
        for (int cut = 0; cut <= item.length; cut += step) {
            assertEquals(log, Feed.cutAt(Cbor.value(), item, cut));
            assertEquals(bytes, Feed.cutAt(Cbor.bytes(), item, cut));
        }
        boolean accepted =
                log.size() == 2 && log.get(0).startsWith("value ") && log.get(1).equals(Feed.CLEAN);
        if (failAll || test.ContainsKey("fail")) {
            assertFalse(accepted, log.toString());
            return;
        }
        assertTrue(accepted, log.toString());
        assertEquals(List.of("value " + Hex.of(item), Feed.CLEAN), bytes);
        CBORObject value = Cbor.value().begin(null).decode(ByteBuffer.wrap(item));
        if (test.ContainsKey("decoded")) {
            CBORObject decoded = test.get("decoded");
            assertTrue(isSame(decoded, value), () -> value + " is not " + decoded);
        }
        if (!test.ContainsKey("roundtrip") || test.get("roundtrip").AsBoolean()) {
            assertEquals(Hex.of(item), Hex.of(BytesOutput.encoded(Cbor.write(), value)));
        }
        CBORObject again = DiagnosticParser.parse(DiagnosticNotation.of(value));
        assertTrue(isSame(again, value), () -> again + " is not " + value);
    }

    /** Equal, where a bignum that fits is an integer, and no difference is made between not-a-numbers. */
    private static boolean isSame(CBORObject one, CBORObject other) throws IOException {
        return Hex.of(deterministic(one)).equals(Hex.of(deterministic(other)));
    }

    private static byte[] deterministic(CBORObject value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DeterministicForm.write(value, out);
        return out.toByteArray();
    }

    /** Appendix A as JSON is that of RFC 7049, which had a simple value that RFC 8949 §3.3 takes for malformed. */
    private static final String SIMPLE_24 = "f818";

    @TestFactory
    Stream<DynamicTest> eachItemOfTheAppendixInJson() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Vectors.files("appendix_a.json")) {
            for (CBORObject test :
                    CBORObject.FromJSONBytes(Files.readAllBytes(file)).getValues()) {
                tests.add(dynamicTest(test.get("hex").AsString(), () -> checkJson(test)));
            }
        }
        return tests.stream();
    }

    private static void checkJson(CBORObject test) throws Exception {
        byte[] item = Hex.bytes(test.get("hex").AsString());
        if (test.get("hex").AsString().equals(SIMPLE_24)) {
            assertTrue(Feed.whole(Cbor.value(), item).get(0).startsWith("BAD_MESSAGE"));
            return;
        }
        CBORObject value = Cbor.value().begin(null).decode(ByteBuffer.wrap(item));
        List<String> log = List.of("value " + DiagnosticNotation.of(value), Feed.CLEAN);
        for (int cut = 0; cut <= item.length; cut++) {
            assertEquals(log, Feed.cutAt(Cbor.value(), item, cut));
        }
        if (test.ContainsKey("decoded")) {
            CBORObject decoded = test.get("decoded");
            // A fraction in JSON is decimal.
            boolean isSame = value.getType() == CBORType.FloatingPoint
                    ? decoded.AsDouble() == value.AsDoubleValue()
                    : isSame(decoded, value);
            assertTrue(isSame, () -> value + " is not " + decoded);
        } else if (!test.get("diagnostic").AsString().matches(".*(_ |simple|NaN).*")
                && value.getType() != CBORType.FloatingPoint) {
            CBORObject diagnostic =
                    DiagnosticParser.parse(test.get("diagnostic").AsString());
            assertTrue(isSame(diagnostic, value), () -> value + " is not " + diagnostic);
        }
        if (test.get("roundtrip").AsBoolean()) {
            assertEquals(Hex.of(item), Hex.of(BytesOutput.encoded(Cbor.write(), value)));
        }
    }
}
