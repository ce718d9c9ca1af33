package dev.haft.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.haft.ErrorCode;
import dev.haft.testkit.DecoderVerifier;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The read types of JSON keep the law of the decoder; parity r.json, r.json.recover. */
class JsonLawTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static JsonNode tree(String text) throws Exception {
        return MAPPER.readTree(text);
    }

    @Test
    void treesKeepTheLaw() throws Exception {
        String large = "[" + "{\"key\":\"a longer value\",\"n\":[1,2,3]},".repeat(2000) + "0]";
        DecoderVerifier.of(Json.value())
                .example("{\"a\":[1,2,{\"b\":null}]}", tree("{\"a\":[1,2,{\"b\":null}]}"))
                .example("[]", tree("[]"))
                .example(" \n[\"]\\\"ä€\"]", tree("[\"]\\\"ä€\"]"))
                .written(Json.write(), tree("[true,1.5]"), tree("{}"))
                .ignoredAtEnd(" \r\n\t")
                .bad("[1,]", ErrorCode.BAD_MESSAGE)
                .bad("]", ErrorCode.BAD_MESSAGE)
                .bad("nul", ErrorCode.BAD_MESSAGE)
                .bad("{\"a\" 1}", ErrorCode.BAD_MESSAGE)
                .linear(large.getBytes(UTF_8), tree(large))
                .verify();
    }

    @Test
    void scalarsKeepTheLaw() throws Exception {
        DecoderVerifier.of(Json.value().scalars())
                .exampleBefore("12", " ", tree("12"))
                .exampleBefore("12", "[1]", tree("12"))
                .example("\"a\\\\\"", tree("\"a\\\\\""))
                .lastExample("1234", tree("1234"))
                .lastExample(" -1.5e3", tree("-1.5e3"))
                .verify();
    }

    @Test
    void objectsOfAClassKeepTheLaw() {
        DecoderVerifier.of(Json.as(int[].class).maxDepth(2).limit(12))
                .example("[1,2]", new int[] {1, 2})
                .example("[]", new int[0])
                .bad("[\"x\"]", ErrorCode.BAD_MESSAGE)
                .bad("[[[1]]]", ErrorCode.BAD_MESSAGE)
                .bad("[1,2,3,4,5,6,7]", ErrorCode.TOO_LONG)
                .verify();
    }

    @Test
    void skippingWhatIsBadKeepsTheLaw() {
        DecoderVerifier.of(Json.as(List.class).skippingBad())
                .example("[1]", List.of(1))
                .bad("[1,]\n[2] x [3", ErrorCode.BAD_MESSAGE)
                .bad("}}[1]", ErrorCode.BAD_MESSAGE)
                .verify();
    }
}
