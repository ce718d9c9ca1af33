package dev.haft;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 3, counted: one byte at a time, each is looked at three times at most on average, and copied once. */
class LookCountTest {
    /** A match has its groups besides. */
    private static final int GROUP_BYTES = 4;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "line",
                "line by a marker",
                "line by a long marker that almost comes",
                "line by a marker that begins again and again",
                "line by a pattern",
                "chunk",
                "netstring",
                "packed N",
                "packed w",
                "regex with skip",
                "flatMap"
            })
    void eachByteIsLookedAtThreeTimesAtMostAndCopiedOnce(String name) throws Exception {
        long[] counted = count(name);
        int length = OneByteAtATime.stream(name).length();
        assertTrue(counted[0] <= 3L * length, () -> counted[0] + " looks at " + length + " bytes");
        assertTrue(counted[1] <= length + GROUP_BYTES, () -> counted[1] + " copies of " + length + " bytes");
        assertTrue(counted[1] > OneByteAtATime.SIZE / 2, () -> counted[1] + " copies of " + length + " bytes");
    }

    @SuppressWarnings("unchecked")
    private static long[] count(String name) throws ReflectiveOperationException {
        Class<?> counted = new CountingLoader().loadClass(OneByteAtATime.class.getName());
        var constructor = counted.getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((Function<String, long[]>) constructor.newInstance()).apply(name);
    }
}
