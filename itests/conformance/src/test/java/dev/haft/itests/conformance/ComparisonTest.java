package dev.haft.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private static boolean isSame(String scenario, String expected, String got) throws JsonProcessingException {
        return new Comparison(scenario).isSame(json(expected), json(got));
    }

    @Test
    void numbersAreComparedByValueAndKeysInAnyOrder() throws Exception {
        assertTrue(isSame("line", "[['read',1,{'a':1,'b':2.50}]]", "[['read',1.0,{'b':2.5,'a':1}]]"));
        assertFalse(isSame("line", "[['read',1]]", "[['read','1']]"));
        assertFalse(isSame("line", "[{'a':1}]", "[{'b':1}]"));
        assertFalse(isSame("line", "[['a']]", "[['a'],['b']]"));
    }

    @Test
    void whereTheKernelDecidesBothErrorsWillDo() throws Exception {
        String pipe = "[['error','EPIPE',true,true]]";
        String reset = "[['error','ECONNRESET',true,true]]";
        assertTrue(isSame("error_reset", pipe, reset));
        assertFalse(isSame("line_lf", pipe, reset));
        assertFalse(isSame("error_reset", pipe, "[['error','ENOSPC',true,true]]"));
    }

    @Test
    void aDifferenceShowsWhatIsMissingAndWhatIsMore() throws Exception {
        assertEquals(
                "    [\"a\"]\n  - [\"b\"]\n  + [\"c\"]\n  + [\"d\"]\n    [\"end\"]",
                new Comparison("line").difference(json("[['a'],['b'],['end']]"), json("[['a'],['c'],['d'],['end']]")));
    }
}
