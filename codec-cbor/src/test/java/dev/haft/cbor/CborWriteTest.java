package dev.haft.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORObject;
import dev.haft.BadMessageException;
import dev.haft.ErrorCode;
import dev.haft.Write;
import dev.haft.testkit.BytesOutput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CborWriteTest {
    private static String written(Write<Object> write, Object value) throws BadMessageException {
        return Hex.of(BytesOutput.encoded(write, value));
    }

    @Test
    void anythingThatCanBeMappedIsWritten() throws Exception {
        assertEquals("820161" + "61", written(Cbor.write(), List.of(1, "a")));
        assertEquals("a16161f6", written(Cbor.write(), Collections.singletonMap("a", null)));
        assertEquals("420102", written(Cbor.write(), new byte[] {1, 2}));
        assertEquals("830102f5", written(Cbor.write(), new Object[] {1, 2, true}));
        assertEquals("63616263", written(Cbor.write(), CharBuffer.wrap("abc")));
        assertEquals("c249010000000000000000", written(Cbor.write(), BigInteger.TWO.pow(64)));
        assertEquals("c482200f", written(Cbor.write(), new BigDecimal("1.5")));
        assertEquals("f93e00", written(Cbor.write(), 1.5));
        CborReadTest.Order order = new CborReadTest.Order();
        order.setId("x");
        assertEquals("a2626964617865636f756e7400", written(Cbor.write(), order));
    }

    @Test
    void anObjectOfTheLibraryIsWrittenAsItIs() throws Exception {
        CBORObject value = CBORObject.NewArray().Add(1).Add(CBORObject.Undefined);
        assertEquals("8201f7", written(Cbor.write(), value));
        assertEquals("8201f7", written(Cbor.deterministic(), value));
    }

    @Test
    void whatCannotBeWrittenIsABadMessage() {
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        for (Object bad : List.of(circle, "\ud800", List.of("\udc00"))) {
            for (Write<Object> write : List.of(Cbor.write(), Cbor.deterministic())) {
                BadMessageException e = assertThrows(BadMessageException.class, () -> written(write, bad));
                assertEquals(ErrorCode.BAD_MESSAGE, e.code());
            }
        }
    }

    @Test
    void optionsOfTheLibraryAreUsed() throws Exception {
        assertEquals(
                "fb3ff8000000000000",
                written(Cbor.with(new CBOREncodeOptions("float64=true")).write(), 1.5));
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 8949 §4.2.1: the order of the bytes of the keys
        "a8 f402 8120 03 626161 02 20 01 617a 00 1864 06 0a 05 810a 07, a8 0a05 186406 2001 617a00 62616102 810a07 812003 f402",
        "a2 02a201010000 01 9f03ff, a2 018103 02a2 0000 0101",
        // the shortest form of numbers and lengths
        "1b0000000000000001, 01",
        "3900ff, 38ff",
        "590001aa, 41aa",
        "9a00000001 01, 8101",
        "fb3ff8000000000000, f93e00",
        "fa47c35000, fa47c35000",
        "fb3ff199999999999a, fb3ff199999999999a",
        "fb7ff8000000000000, f97e00",
        "fa7fc00001, f97e00",
        "f98000, f98000",
        // definite lengths
        "5f 4101 4102 ff, 420102",
        "7f 6161 6162 ff, 626162",
        "bf 6161 01 ff, a1616101",
        // bignums: shortest
        "c243000001, 01",
        "c34101, 21",
        "c249010000000000000000, c249010000000000000000",
        "c2 48ffffffffffffffff, 1bffffffffffffffff",
        "da000003e8 9fff, d903e8 80",
        "dbffffffffffffffff 01, dbffffffffffffffff 01",
    })
    void equalValuesHaveOneForm(String any, String deterministic) throws Exception {
        CBORObject value = CBORObject.DecodeFromBytes(Hex.bytes(any));
        String form = deterministic.replace(" ", "");
        assertEquals(form, written(Cbor.deterministic(), value));
        assertEquals(form, written(Cbor.deterministic(), CBORObject.DecodeFromBytes(Hex.bytes(form))));
    }

    @Test
    void theOneFormHoldsForPlainValues() throws Exception {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put("aa", 2);
        map.put(10, Arrays.asList(Double.NaN, null));
        assertEquals("a30a82f97e00f6616201626161" + "02", written(Cbor.deterministic(), map));
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        Object value = List.of(1, "ä", Map.of("a", List.of(true, 1.5)), new BigInteger("-18446744073709551617"));
        assertEquals(
                List.of("value " + value, "value " + value, Feed.CLEAN),
                Feed.whole(Cbor.as(Object.class), written(Cbor.write(), value) + written(Cbor.deterministic(), value)));
    }
}
