package dev.haft;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the first match of a pattern in bytes that become more. Remembers up to where none can begin any more: a place where
 * the pattern fails before it gets to the end of the bytes is never tried again. So a pattern that knows soon that it does not
 * match looks at each byte about once, however the bytes come; one that must see the end of them each time is bounded by
 * {@link Looks}.
 */
final class PatternSearch {
    private final Pattern pattern;
    private final boolean emptyAtStart;
    private int from;

    /**
     * For one message.
     *
     * @param emptyAtStart whether it may match nothing where the text starts
     */
    PatternSearch(Pattern pattern, boolean emptyAtStart) {
        this.pattern = pattern;
        this.emptyAtStart = emptyAtStart;
    }

    /**
     * The first match, if there is one.
     *
     * @param text the same as before, and perhaps more
     * @throws BadMessageException TOO_LONG if the search takes too much
     */
    @Nullable Matcher find(Latin1 text) throws BadMessageException {
        try {
            return search(text);
        } catch (Looks.TooMany | StackOverflowError e) {
            // Alternatives that repeat take a frame of the stack each.
            throw tooMuch(e);
        }
    }

    private BadMessageException tooMuch(Throwable why) {
        return BadMessageException.tooLong("to look for " + pattern + " takes too much", why);
    }

    private @Nullable Matcher search(Latin1 text) {
        int length = text.length();
        // Looks behind and ahead, and anchors, see the whole text.
        Matcher matcher = pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
        int open = -1;
        for (int at = from; at <= length; at++) {
            boolean found = matcher.region(at, length).lookingAt();
            if (found && (matcher.end() > 0 || emptyAtStart)) {
                return matcher;
            }
            // At the end of the text there is always more to come.
            if (open < 0 && !found && (at == length || matcher.hitEnd())) {
                open = at;
            }
        }
        from = open < 0 ? length : open;
        return null;
    }

    /** The first place where a match may still begin. */
    int from() {
        return from;
    }

    /** So much of the beginning of the text is cut off. */
    void cutOff(int bytes) {
        from = Math.max(0, from - bytes);
    }
}
