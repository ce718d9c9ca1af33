package dev.haft;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Reads#regex} has read: everything up to the end of the match, and the groups of the match. Immutable.
 *
 * <p>Text is the bytes as ISO-8859-1, which loses none.
 */
public final class Match {
    private final String text;
    private final int start;
    private final List<@Nullable String> groups;

    private Match(String text, int start, List<@Nullable String> groups) {
        this.text = text;
        this.start = start;
        this.groups = groups;
    }

    static Match of(String skipped, Matcher matcher, CharSequence matched) {
        List<@Nullable String> groups = new ArrayList<>(matcher.groupCount() + 1);
        for (int i = 0; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i));
        }
        String text = skipped + matched.subSequence(0, matcher.end());
        return new Match(text, skipped.length() + matcher.start(), groups);
    }

    /**
     * All that was consumed: what stood before the match, and the match.
     *
     * @return one character for each byte
     */
    public String text() {
        return text;
    }

    /**
     * The same as bytes.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * What stood before the match.
     *
     * @return empty if it matched at the first byte
     */
    public String before() {
        return text.substring(0, start);
    }

    /**
     * A group of the match.
     *
     * @param number 0 is the whole match
     * @return null if the group took no part in it
     * @throws IndexOutOfBoundsException if the pattern has no such group
     */
    public @Nullable String group(int number) {
        return groups.get(number);
    }

    /**
     * How many groups the pattern has, without the whole match.
     *
     * @return at least 0
     */
    public int groupCount() {
        return groups.size() - 1;
    }

    /**
     * All that was consumed.
     *
     * @return as {@link #text()}
     */
    @Override
    public String toString() {
        return text;
    }
}
