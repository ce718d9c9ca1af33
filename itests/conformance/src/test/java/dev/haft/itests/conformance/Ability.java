package dev.haft.itests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a scenario may need that not everything that is tested here has. */
enum Ability {
    /** {@code starttls}, its callbacks, a peer that speaks it. */
    TLS,
    /** Requests of the type {@code tls_autostart}. */
    TLS_AUTOSTART,
    /** Requests of the type {@code tls_detect}. */
    TLS_DETECT,
    JSON,
    CBOR,
    /** Requests of the type {@code regex}; lines may end with a pattern without it. */
    REGEX,
    PACKSTRING;

    /** What is there. */
    private static final Set<Ability> THERE = EnumSet.of(JSON, CBOR, REGEX, PACKSTRING, TLS_DETECT);

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a scenario needs. */
    static Set<Ability> needed(Scenario scenario) {
        EnumSet<Ability> needed = EnumSet.allOf(Ability.class);
        needed.removeIf(ability -> !ability.isNeeded(scenario.root()));
        return needed;
    }

    /** What a scenario needs and is not there. */
    static Set<Ability> missing(Scenario scenario) {
        Set<Ability> missing = needed(scenario);
        missing.removeAll(THERE);
        return missing;
    }

    private boolean isNeeded(JsonNode node) {
        if (isNeededAt(node)) {
            return true;
        }
        for (JsonNode child : node) {
            if (isNeeded(child)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNeededAt(JsonNode node) {
        return switch (this) {
            case TLS ->
                has(node, "tls", "tls_ctx", "on_starttls", "on_stoptls")
                        || is(node, "do", "starttls", "stoptls", "resettls", "on_starttls", "on_stoptls")
                        || node.path("peer").asText().startsWith("tls_");
            case TLS_AUTOSTART, TLS_DETECT, JSON, CBOR, REGEX, PACKSTRING -> is(node, "type", text());
        };
    }

    private static boolean has(JsonNode node, String... keys) {
        return Arrays.stream(keys).anyMatch(node::has);
    }

    private static boolean is(JsonNode node, String key, String... values) {
        return node.path(key).isTextual()
                && Arrays.asList(values).contains(node.path(key).textValue());
    }
}
