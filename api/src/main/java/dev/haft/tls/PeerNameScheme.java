package dev.haft.tls;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the names in a certificate are compared with the name of the peer. Immutable. Parity {@code tls.peername}.
 *
 * <p>AnyEvent::TLS has schemes by protocol ({@code http}, {@code ldap}, {@code smtp} …), by URI scheme ({@code https} …) and by
 * RFC ({@code rfc2818} …): all are here by the same names; names that are not known are refused, where AnyEvent then accepts
 * every peer. {@link #standard()} is none of them but RFC 9525: a wildcard only as the whole first label of a name, and the
 * common name is not looked at.
 *
 * <p>In all of them a wildcard stands for characters of one label ({@code *.example.org} is {@code www.example.org}, not {@code
 * a.www.example.org}), and one for a whole top-level domain ({@code *.org}, {@code *}) never matches. An IP address must be
 * among the certificate's IP addresses.
 */
public final class PeerNameScheme {
    /** Where a name of a certificate may have a wildcard. */
    public enum Wildcards {
        /** Nowhere. */
        NONE,
        /** As its first label: {@code *.example.org}. */
        FIRST_LABEL,
        /** Anywhere in its first label: {@code www*.example.org}. */
        ANYWHERE
    }

    /** When the common name counts. */
    public enum CommonName {
        /** Never. */
        IGNORED,
        /** If the certificate has no alternative DNS names. */
        WITHOUT_ALTERNATIVES,
        /** Always, after the alternative names. */
        ALWAYS
    }

    private static final PeerNameScheme STANDARD =
            new PeerNameScheme("rfc9525", Wildcards.FIRST_LABEL, Wildcards.NONE, CommonName.IGNORED, null);
    private static final PeerNameScheme NONE =
            new PeerNameScheme("none", Wildcards.NONE, Wildcards.NONE, CommonName.IGNORED, null);
    private static final SortedMap<String, PeerNameScheme> BY_NAME = byName();

    private final String name;
    private final Wildcards inAlternatives;
    private final Wildcards inCommonName;
    private final CommonName commonName;
    private final @Nullable PeerNameCheck check;

    private PeerNameScheme(
            String name,
            Wildcards inAlternatives,
            Wildcards inCommonName,
            CommonName commonName,
            @Nullable PeerNameCheck check) {
        this.name = name;
        this.inAlternatives = inAlternatives;
        this.inCommonName = inCommonName;
        this.commonName = commonName;
        this.check = check;
    }

    private static SortedMap<String, PeerNameScheme> byName() {
        Stream<PeerNameScheme> ldap = known(Wildcards.FIRST_LABEL, CommonName.ALWAYS, "ldap", "ldaps", "rfc4513");
        // AnyEvent's manual has a slip in the number of this RFC: both are taken.
        Stream<PeerNameScheme> mail = known(
                Wildcards.FIRST_LABEL,
                CommonName.ALWAYS,
                "pop3",
                "pop3s",
                "imap",
                "imaps",
                "acap",
                "rfc2595",
                "rfc2995");
        Stream<PeerNameScheme> news = known(Wildcards.FIRST_LABEL, CommonName.ALWAYS, "nntp", "nntps", "rfc4642");
        Stream<PeerNameScheme> web =
                known(Wildcards.ANYWHERE, CommonName.WITHOUT_ALTERNATIVES, "http", "https", "rfc2818");
        Stream<PeerNameScheme> chat = known(Wildcards.ANYWHERE, CommonName.WITHOUT_ALTERNATIVES, "xmpp", "rfc3920");
        Stream<PeerNameScheme> files =
                known(Wildcards.ANYWHERE, CommonName.WITHOUT_ALTERNATIVES, "ftp", "ftps", "rfc4217");
        Stream<PeerNameScheme> submission = known(Wildcards.NONE, CommonName.ALWAYS, "smtp", "smtps", "rfc3207");
        SortedMap<String, PeerNameScheme> byName = new TreeMap<>();
        Stream.of(Stream.of(STANDARD, NONE), ldap, mail, news, web, chat, files, submission)
                .flatMap(schemes -> schemes)
                .forEach(scheme -> byName.put(scheme.name, scheme));
        return Collections.unmodifiableSortedMap(byName);
    }

    private static Stream<PeerNameScheme> known(Wildcards inAlternatives, CommonName commonName, String... names) {
        return Arrays.stream(names)
                .map(name -> new PeerNameScheme(name, inAlternatives, Wildcards.NONE, commonName, null));
    }

    /**
     * RFC 9525: wildcards only as the first label of alternative names, the common name ignored.
     *
     * @return the scheme
     */
    public static PeerNameScheme standard() {
        return STANDARD;
    }

    /**
     * Any name will do: the chain alone is verified.
     *
     * @return the scheme
     */
    public static PeerNameScheme none() {
        return NONE;
    }

    /**
     * By name.
     *
     * @param name such as {@code http}, {@code https}, {@code rfc2818} or {@code none}; in any case
     * @return the scheme
     * @throws IllegalArgumentException if there is none such; the message has all names
     */
    public static PeerNameScheme of(String name) {
        PeerNameScheme scheme = BY_NAME.get(name.toLowerCase(Locale.ROOT));
        if (scheme == null) {
            throw new IllegalArgumentException("peerNameScheme: " + name + ", must be one of " + BY_NAME.keySet());
        }
        return scheme;
    }

    /**
     * By AnyEvent's three numbers, in the order of its manual.
     *
     * @param wildcardsInAlternatives 0: none, 1: the first label, 2: anywhere
     * @param wildcardsInCommonName the same
     * @param checkCommonName 0: ignored, 1: if there are no alternative names, 2: always
     * @return the scheme
     * @throws IllegalArgumentException if one is not 0, 1 or 2
     */
    public static PeerNameScheme of(int wildcardsInAlternatives, int wildcardsInCommonName, int checkCommonName) {
        return of(
                Wildcards.values()[number(wildcardsInAlternatives, "wildcardsInAlternatives")],
                Wildcards.values()[number(wildcardsInCommonName, "wildcardsInCommonName")],
                CommonName.values()[number(checkCommonName, "checkCommonName")]);
    }

    private static int number(int value, String what) {
        if (value < 0 || value > 2) {
            throw new IllegalArgumentException("peerNameScheme: " + what + " is " + value + ", must be 0, 1 or 2");
        }
        return value;
    }

    /**
     * By its rules.
     *
     * @param inAlternatives wildcards in alternative names
     * @param inCommonName wildcards in the common name
     * @param commonName when it counts
     * @return the scheme
     */
    public static PeerNameScheme of(Wildcards inAlternatives, Wildcards inCommonName, CommonName commonName) {
        String name = "[alternatives " + inAlternatives + ", common name " + inCommonName + " " + commonName + "]";
        return new PeerNameScheme(name, inAlternatives, inCommonName, commonName, null);
    }

    /**
     * One's own.
     *
     * @param check is asked instead of any rule
     * @return the scheme
     */
    public static PeerNameScheme of(PeerNameCheck check) {
        Objects.requireNonNull(check, "check");
        return new PeerNameScheme("own", Wildcards.NONE, Wildcards.NONE, CommonName.IGNORED, check);
    }

    /**
     * The names that {@link #of(String)} knows.
     *
     * @return in alphabetical order
     */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    /**
     * Whether the name is checked at all.
     *
     * @return false for {@link #none()} only
     */
    public boolean isChecked() {
        return this != NONE;
    }

    /**
     * Wildcards in alternative names.
     *
     * @return where
     */
    public Wildcards inAlternatives() {
        return inAlternatives;
    }

    /**
     * Wildcards in the common name.
     *
     * @return where
     */
    public Wildcards inCommonName() {
        return inCommonName;
    }

    /**
     * When the common name counts.
     *
     * @return when
     */
    public CommonName commonName() {
        return commonName;
    }

    /**
     * The function that is asked instead of any rule.
     *
     * @return empty if there is none
     */
    public Optional<PeerNameCheck> check() {
        return Optional.ofNullable(check);
    }

    /**
     * The name, or the three rules.
     *
     * @return for people
     */
    @Override
    public String toString() {
        return name;
    }
}
