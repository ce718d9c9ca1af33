package dev.haft.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.haft.ReadType;
import dev.haft.WriteType;
import dev.haft.testkit.BytesOutput;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Provides;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The types by name. */
class JsonTypesTest {
    private final ReadType reads = new JsonReadType();
    private final WriteType writes = new JsonWriteType();

    @Test
    void bothAreCalledJson() {
        assertEquals("json", reads.name());
        assertEquals("json", writes.name());
    }

    @Test
    void theModuleProvidesBoth() {
        ModuleDescriptor module = JsonReadType.class.getModule().getDescriptor();
        Assumptions.assumeTrue(module != null, "this runs on the class path");
        Map<String, List<String>> provided =
                module.provides().stream().collect(Collectors.toMap(Provides::service, Provides::providers));
        assertEquals(
                Map.of(
                        "dev.haft.ReadType",
                        List.of("dev.haft.json.JsonReadType"),
                        "dev.haft.WriteType",
                        List.of("dev.haft.json.JsonWriteType")),
                provided);
    }

    @Test
    void theFilesOfTheClassPathNameBoth() throws Exception {
        assertEquals(JsonReadType.class.getName(), service("dev.haft.ReadType"));
        assertEquals(JsonWriteType.class.getName(), service("dev.haft.WriteType"));
    }

    private static String service(String name) throws Exception {
        try (var in = JsonReadType.class.getResourceAsStream("/META-INF/services/" + name)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    void aReadWithoutArgumentsGivesTrees() {
        assertEquals(List.of("value {\"a\":1}", Feed.CLEAN), Feed.whole(reads.read(), "{\"a\":1}"));
    }

    @Test
    void aClassOrTypeSaysWhatItGives() {
        assertEquals(List.of("value {a=1}", Feed.CLEAN), Feed.whole(reads.read(Map.class), "{\"a\":1}"));
        assertEquals(
                List.of("value {a=[1]}", Feed.CLEAN),
                Feed.whole(reads.read(new TypeReference<Map<String, List<Integer>>>() {}), "{\"a\":[1]}"));
    }

    @Test
    void aNumberIsTheLimit() throws Exception {
        assertEquals(OptionalInt.of(65), reads.read(64).begin(null).limitBytes());
        assertEquals(OptionalInt.of(65), reads.read("64").begin(null).limitBytes());
        assertEquals(OptionalInt.of(65), reads.read(Map.class, 64L).begin(null).limitBytes());
    }

    @Test
    void wordsAreOptions() {
        assertEquals(List.of("value 1", "value 2", Feed.CLEAN), Feed.whole(reads.read("scalars", "100"), "1 2"));
        assertEquals("value []", Feed.whole(reads.read("skippingBad"), "x[]").get(1));
    }

    @Test
    void otherArgumentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> reads.read("strict"));
        assertThrows(IllegalArgumentException.class, () -> reads.read(0));
        assertThrows(IllegalArgumentException.class, () -> reads.read(1L << 40));
        assertThrows(IllegalArgumentException.class, () -> reads.read(List.of()));
        assertThrows(IllegalArgumentException.class, () -> writes.write("ugly"));
        assertThrows(IllegalArgumentException.class, () -> writes.write("line", "pretty"));
    }

    @Test
    void theArgumentOfAWriteIsItsLayout() throws Exception {
        assertEquals("[1]", BytesOutput.encodedText(writes.write(), List.of(1)));
        assertEquals("[1]\n", BytesOutput.encodedText(writes.write("line"), List.of(1)));
        assertEquals("[\n  1\n]\n", BytesOutput.encodedText(writes.write("pretty"), List.of(1)));
    }
}
