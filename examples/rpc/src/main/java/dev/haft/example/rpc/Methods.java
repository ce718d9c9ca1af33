package dev.haft.example.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haft.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What can be called. Thread-safe. */
final class Methods {
    private final Map<String, Method> byName = new TreeMap<>();

    Methods(Types types, Clock clock) {
        byName.put("add", Sum::of);
        byName.put("echo", arguments -> arguments);
        byName.put("methods", none("methods", () -> List.copyOf(byName.keySet())));
        byName.put("time", none("time", () -> clock.instant().toString()));
        byName.put("types", none("types", () -> List.copyOf(types.names())));
        byName.put("upper", Methods::upper);
    }

    /** Answers a request: the value to send back, for the JSON type. */
    Object call(Object request) throws CallException {
        if (!(request instanceof JsonNode call)
                || !call.isArray()
                || !call.path(0).isTextual()) {
            throw new CallException("a call is an array that begins with the name of a method");
        }
        Method method = byName.get(call.path(0).textValue());
        if (method == null) {
            throw new CallException("no method '" + call.path(0).textValue() + "'; there are " + byName.keySet());
        }
        List<JsonNode> arguments = new ArrayList<>(call.size());
        call.forEach(arguments::add);
        arguments.remove(0);
        return method.call(arguments);
    }

    private static Object upper(List<JsonNode> arguments) throws CallException {
        if (arguments.size() != 1 || !arguments.get(0).isTextual()) {
            throw new CallException("upper takes one string");
        }
        return arguments.get(0).textValue().toUpperCase(Locale.ROOT);
    }

    private static Method none(String name, Answer answer) {
        return arguments -> {
            if (!arguments.isEmpty()) {
                throw new CallException(name + " takes no arguments");
            }
            return answer.get();
        };
    }

    /** One of them. */
    @FunctionalInterface
    private interface Method {
        Object call(List<JsonNode> arguments) throws CallException;
    }

    /** What a method without arguments says. */
    @FunctionalInterface
    private interface Answer {
        Object get();
    }
}
