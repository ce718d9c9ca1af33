package dev.haft.cbor;

import java.util.OptionalInt;

/**
 * What an item may be; immutable. No limit is {@link Integer#MAX_VALUE}.
 *
 * @param limitBytes of the whole item
 * @param maxDepth how many arrays, maps and tags within each other
 * @param maxStringBytes of a string, all its chunks together
 * @param maxElements of an array; of a map, pairs
 * @param checkTags whether the content of tags 0 and 1 is checked; what is not decoded is only looked at for its form
 */
record ItemRules(int limitBytes, int maxDepth, int maxStringBytes, int maxElements, boolean checkTags) {
    static final ItemRules DEFAULT =
            new ItemRules(Cbor.MAX_ITEM_BYTES, Cbor.MAX_DEPTH, Cbor.MAX_ITEM_BYTES, Cbor.MAX_ELEMENTS, true);

    ItemRules {
        atLeastOne("limit", limitBytes);
        atLeastOne("maxDepth", maxDepth);
        atLeastOne("maxStringBytes", maxStringBytes);
        atLeastOne("maxElements", maxElements);
    }

    private static void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + ": " + value + ", must be at least 1");
        }
    }

    /** A limit of strings that was not set goes with that of the item. */
    ItemRules limit(int bytes) {
        return new ItemRules(
                bytes, maxDepth, maxStringBytes == limitBytes ? bytes : maxStringBytes, maxElements, checkTags);
    }

    ItemRules depth(int levels) {
        return new ItemRules(limitBytes, levels, maxStringBytes, maxElements, checkTags);
    }

    ItemRules stringBytes(int bytes) {
        return new ItemRules(limitBytes, maxDepth, bytes, maxElements, checkTags);
    }

    ItemRules elements(int count) {
        return new ItemRules(limitBytes, maxDepth, maxStringBytes, count, checkTags);
    }

    ItemRules withoutTags() {
        return new ItemRules(limitBytes, maxDepth, maxStringBytes, maxElements, false);
    }

    /** What a decoder says that may wait. */
    OptionalInt waitingBytes() {
        return limitBytes == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(limitBytes);
    }
}
