package dev.haft.runtime.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeSpecTest {
    @Test
    void hasANameAndPerhapsArguments() {
        assertEquals(new TypeSpec("json", List.of()), TypeSpec.parse("json"));
        assertEquals(new TypeSpec("chunk", List.of("4")), TypeSpec.parse("chunk:4"));
        assertEquals(new TypeSpec("line", List.of("100", "UTF-8")), TypeSpec.parse("line:100,UTF-8"));
    }

    @Test
    void keepsWhatIsInAnArgument() {
        assertEquals(new TypeSpec("type", List.of("a:b", "")), TypeSpec.parse("type:a:b,"));
        assertArrayEquals(new Object[] {"4"}, TypeSpec.parse("chunk:4").arguments());
    }

    @Test
    void aCommaWithABackslashBeforeItIsPartOfAnArgument() {
        TypeSpec spec = TypeSpec.parse("regex:[0-9]{1\\,3}\\.,100");
        assertEquals(new TypeSpec("regex", List.of("[0-9]{1,3}\\.", "100")), spec);
        assertEquals("regex:[0-9]{1\\,3}\\.,100", spec.toString());
    }

    @Test
    void isPrintedAsItIsTyped() {
        assertEquals("line:100,UTF-8", TypeSpec.parse("line:100,UTF-8").toString());
        assertEquals("json", TypeSpec.parse("json").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":4", "a b", "a\t:1"})
    void isRefusedWithoutAName(String text) {
        assertThrows(IllegalArgumentException.class, () -> TypeSpec.parse(text));
    }
}
