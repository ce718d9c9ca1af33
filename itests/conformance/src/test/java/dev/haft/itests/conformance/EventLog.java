package dev.haft.itests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/** What happens, in order. For the handle's thread. */
final class EventLog {
    /** More would be a loop that does not end. */
    private static final int MOST_EVENTS = 2000;

    private final ArrayNode events = JsonText.NODES.arrayNode();

    void add(String name, JsonNode... values) {
        if (events.size() >= MOST_EVENTS) {
            events.add(JsonText.list(JsonText.NODES.textNode("too_many_events")));
            throw new IllegalStateException("too many events");
        }
        ArrayNode event = JsonText.list(values);
        events.add(event.insert(0, name));
    }

    void add(String name, String value) {
        add(name, JsonText.NODES.textNode(value));
    }

    JsonNode events() {
        return events;
    }
}
