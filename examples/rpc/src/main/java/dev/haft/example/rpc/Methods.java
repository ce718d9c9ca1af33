package dev.haft.example.rpc;

import dev.haft.Types;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What can be called, with plain values: whatever they were on the wire. Thread-safe. */
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

    /** Answers a request: the value to send back. */
    Object call(Object request) throws CallException {
        if (!(request instanceof List<?> call) || call.isEmpty() || !(call.get(0) instanceof String name)) {
            throw new CallException("a call is an array that begins with the name of a method");
        }
        Method method = byName.get(name);
        if (method == null) {
            throw new CallException("no method '" + name + "'; there are " + byName.keySet());
        }
        return method.call(call.subList(1, call.size()));
    }

    private static Object upper(List<?> arguments) throws CallException {
        if (arguments.size() != 1 || !(arguments.get(0) instanceof String text)) {
            throw new CallException("upper takes one string");
        }
        return text.toUpperCase(Locale.ROOT);
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
        Object call(List<?> arguments) throws CallException;
    }

    /** What a method without arguments says. */
    @FunctionalInterface
    private interface Answer {
        Object get();
    }
}
