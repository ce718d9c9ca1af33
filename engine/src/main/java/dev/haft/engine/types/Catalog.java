package dev.haft.engine.types;

import dev.haft.BadMessageException;
import dev.haft.Types.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Types of one kind by name. Readers take no lock: each change makes a new map. Thread-safe. */
final class Catalog<T> {
    private static final Comparator<Entry<?>> FIRST_THAT_COUNTS =
            Comparator.<Entry<?>>comparingInt(Entry::ranking).reversed().thenComparingLong(Entry::order);

    private final String kind;
    private volatile Map<String, List<Entry<T>>> byName = Map.of();
    private long added;

    private record Entry<T>(String name, T type, int ranking, long order, String origin) {}

    Catalog(String kind) {
        this.kind = kind;
    }

    /** Adds one; the result takes it out again. */
    synchronized Runnable add(String name, T type, int ranking, String origin) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the name of a " + kind + " type must not be empty: " + type);
        }
        Entry<T> entry = new Entry<>(name, type, ranking, added++, origin);
        List<Entry<T>> entries = new ArrayList<>(byName.getOrDefault(name, List.of()));
        entries.add(entry);
        put(name, entries);
        return () -> remove(entry);
    }

    private synchronized void remove(Entry<T> entry) {
        List<Entry<T>> entries = new ArrayList<>(byName.getOrDefault(entry.name, List.of()));
        entries.removeIf(e -> e.order == entry.order);
        put(entry.name, entries);
    }

    private void put(String name, List<Entry<T>> entries) {
        Map<String, List<Entry<T>>> changed = new TreeMap<>(byName);
        if (entries.isEmpty()) {
            changed.remove(name);
        } else {
            entries.sort(FIRST_THAT_COUNTS);
            changed.put(name, List.copyOf(entries));
        }
        byName = changed;
    }

    T find(String name) throws BadMessageException {
        List<Entry<T>> entries = byName.get(name);
        if (entries == null) {
            throw BadMessageException.unavailable("no " + kind + " type '" + name + "'");
        }
        return entries.get(0).type;
    }

    List<Origin> origins() {
        return byName.values().stream()
                .flatMap(List::stream)
                .map(e -> new Origin(e.name, e.origin))
                .toList();
    }
}
