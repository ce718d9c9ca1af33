package dev.haft.json;

import java.util.OptionalInt;

/** What a text may be; immutable. No limit is {@link Integer#MAX_VALUE}. */
record TextRules(int limitBytes, int maxDepth, boolean scalars, boolean skipBad, boolean controls) {
    static final TextRules DEFAULT = new TextRules(Json.MAX_TEXT_BYTES, Json.MAX_DEPTH, false, false, false);

    TextRules {
        if (limitBytes < 1) {
            throw new IllegalArgumentException("limit: " + limitBytes + " bytes, must be at least 1");
        }
        if (maxDepth < 1) {
            throw new IllegalArgumentException("maxDepth: " + maxDepth + ", must be at least 1");
        }
    }

    TextRules limit(int bytes) {
        return new TextRules(bytes, maxDepth, scalars, skipBad, controls);
    }

    TextRules depth(int levels) {
        return new TextRules(limitBytes, levels, scalars, skipBad, controls);
    }

    TextRules withScalars() {
        return new TextRules(limitBytes, maxDepth, true, skipBad, controls);
    }

    TextRules skippingBad() {
        return new TextRules(limitBytes, maxDepth, scalars, true, controls);
    }

    /** Whether a string may have control characters in it as they are. */
    TextRules allowingControls(boolean allowed) {
        return new TextRules(limitBytes, maxDepth, scalars, skipBad, allowed);
    }

    /**
     * How many of the bytes that have come a decoder may look at: up to the one that shows that a text is too long, or that
     * ends a number of just the longest size. Never more, or what is reported would depend on how much has come.
     */
    int visible(int available) {
        return hasLimit() ? Math.min(available, limitBytes + 1) : available;
    }

    /** What a decoder says that may wait. */
    OptionalInt visibleBytes() {
        return hasLimit() ? OptionalInt.of(limitBytes + 1) : OptionalInt.empty();
    }

    private boolean hasLimit() {
        return limitBytes != Integer.MAX_VALUE;
    }
}
