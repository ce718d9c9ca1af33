package dev.haft;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A read up to the end of the first match of a pattern (parity {@code r.regex}); made by {@link Reads#regex}.
 *
 * <p>Patterns see the bytes as ISO-8859-1, one character a byte, and only what has come so far: unlike all other reads the
 * result may depend on how the stream is cut, if the pattern can match shorter.
 *
 * <p><b>Limits</b>: 64 KiB unless said otherwise; over it is TOO_LONG. What {@link #skip} has passed counts, too. A place
 * where a pattern has failed for good is not tried again when more comes, so that most patterns look at each byte about once.
 * Those that cannot tell before they have seen the end, or go back and forth, may look at each byte of the limit 256 times on
 * average (plus 1024 bytes); what takes more is TOO_LONG, too.
 */
public final class RegexRead implements Read<Match> {
    private final Pattern accept;
    private final @Nullable Pattern reject;
    private final @Nullable Pattern skip;
    private final int limitBytes;

    RegexRead(Pattern accept, @Nullable Pattern reject, @Nullable Pattern skip, int limitBytes) {
        this.accept = Objects.requireNonNull(accept, "accept");
        this.reject = reject;
        this.skip = skip;
        this.limitBytes = limitBytes;
    }

    /**
     * The same, and BAD_MESSAGE as soon as this matches and the accepting pattern does not.
     *
     * @param pattern for example {@code [^0-9]} where digits are accepted
     * @return a read
     */
    public RegexRead reject(Pattern pattern) {
        return new RegexRead(accept, Objects.requireNonNull(pattern, "pattern"), skip, limitBytes);
    }

    /**
     * The same, and BAD_MESSAGE as soon as this matches and the accepting pattern does not.
     *
     * @param pattern a regular expression; only LF ends a line in it, as in Perl
     * @return a read
     */
    public RegexRead reject(String pattern) {
        return reject(Pattern.compile(pattern, Pattern.UNIX_LINES));
    }

    /**
     * The same, where everything up to the end of a match of this, when neither of the others matches, is passed for good:
     * later matching starts behind it. Saves work when much comes before what is looked for; it is tried for 16 bytes or more.
     *
     * @param pattern such as {@code ^.*[^\r\n]} where {@code \r\n\r\n} is looked for
     * @return a read
     */
    public RegexRead skip(Pattern pattern) {
        return new RegexRead(accept, reject, Objects.requireNonNull(pattern, "pattern"), limitBytes);
    }

    /**
     * The same as {@link #skip(Pattern)}.
     *
     * @param pattern a regular expression; only LF ends a line in it, as in Perl
     * @return a read
     */
    public RegexRead skip(String pattern) {
        return skip(Pattern.compile(pattern, Pattern.UNIX_LINES));
    }

    /**
     * The same with another limit.
     *
     * @param bytes the most that is consumed, at least 1
     * @return a read
     * @throws IllegalArgumentException if bytes is less than 1
     */
    @Override
    public RegexRead limit(int bytes) {
        return new RegexRead(accept, reject, skip, Bytes.atLeast(1, bytes, "limit"));
    }

    /**
     * The same without a limit of its own: the handle's {@code maxReadBufferBytes} holds.
     *
     * @return a read
     */
    public RegexRead unlimited() {
        return new RegexRead(accept, reject, skip, Integer.MAX_VALUE);
    }

    @Override
    public Decoder<Match> begin(ReadContext context) {
        return new RegexDecoder(this, new Looks(Math.min(limitBytes, context.limitBytes())));
    }

    @Override
    public String toString() {
        return "regex(" + accept + ")";
    }

    /** Remembers what was skipped, and what need not be tried again. */
    static final class RegexDecoder implements Decoder<Match> {
        /** To skip is worth it only for so many bytes at once: each try looks at the last ones again. */
        private static final int SKIP_BYTES = 16;

        private final RegexRead read;
        private final Looks looks;
        private final PatternSearch accept;
        private final @Nullable PatternSearch reject;
        private final @Nullable PatternSearch skip;
        private int skipped;

        /** How long the text was when skipping was last tried. */
        private int tried;

        RegexDecoder(RegexRead read, Looks looks) {
            this.read = read;
            this.looks = looks;
            accept = new PatternSearch(read.accept, true);
            reject = read.reject == null ? null : new PatternSearch(read.reject, true);
            skip = read.skip == null ? null : new PatternSearch(read.skip, true);
        }

        /** How often a byte was looked at. */
        long looks() {
            return looks.taken();
        }

        @Override
        public @Nullable Match decode(ByteBuffer in) throws BadMessageException {
            int base = in.arrayOffset() + in.position();
            int stop = in.arrayOffset() + in.limit();
            Latin1 text = new Latin1(in.array(), base + skipped, stop, looks);
            Matcher matcher = accept.find(text);
            if (matcher != null) {
                int end = skipped + matcher.end();
                check(end);
                String before = new String(in.array(), base, skipped, StandardCharsets.ISO_8859_1);
                in.position(in.position() + end);
                return Match.of(before, matcher, text);
            }
            if (reject != null && reject.find(text) != null) {
                throw new BadMessageException("what came matches what is to be rejected, " + read.reject);
            }
            check(stop - base);
            if (skip != null && text.length() - tried >= SKIP_BYTES) {
                tried = text.length();
                Matcher passed = skip.find(text);
                if (passed != null) {
                    cutOff(passed.end());
                }
            }
            return null;
        }

        private void cutOff(int bytes) {
            skipped += bytes;
            tried -= bytes;
            accept.cutOff(bytes);
            for (PatternSearch search : new PatternSearch[] {reject, skip}) {
                if (search != null) {
                    search.cutOff(bytes);
                }
            }
        }

        private void check(int bytes) throws BadMessageException {
            if (bytes > read.limitBytes) {
                throw BadMessageException.tooLong(read + " is longer than " + read.limitBytes + " bytes");
            }
        }

        @Override
        public OptionalInt limitBytes() {
            return read.limitBytes == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(read.limitBytes);
        }
    }
}
