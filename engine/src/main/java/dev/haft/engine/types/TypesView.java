package dev.haft.engine.types;

import dev.haft.Read;
import dev.haft.ReadType;
import dev.haft.Types;
import dev.haft.Write;
import dev.haft.WriteType;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The types as one Haft sees them; what was registered here goes with it. Thread-safe. */
public final class TypesView implements Types {
    private final LiveTypes types;
    private final String owner;
    private final Set<Registration> mine = ConcurrentHashMap.newKeySet();

    /** Over all types of an engine, for a named owner. */
    public TypesView(LiveTypes types, String owner) {
        this.types = types;
        this.owner = owner;
    }

    @Override
    public Read<Object> read(String name, Object... args) {
        return new NamedRead(types, name, args);
    }

    @Override
    public Write<Object> write(String name, Object... args) {
        Object[] copy = args.clone();
        return (value, out) -> types.findWrite(name, copy).encode(value, out);
    }

    @Override
    public SortedSet<String> readNames() {
        return names(readOrigins());
    }

    @Override
    public SortedSet<String> writeNames() {
        return names(writeOrigins());
    }

    @Override
    public SortedSet<String> names() {
        SortedSet<String> all = readNames();
        all.addAll(writeNames());
        return all;
    }

    private static SortedSet<String> names(List<Origin> origins) {
        SortedSet<String> names = new TreeSet<>();
        origins.forEach(o -> names.add(o.name()));
        return names;
    }

    @Override
    public List<Origin> readOrigins() {
        return types.readOrigins();
    }

    @Override
    public List<Origin> writeOrigins() {
        return types.writeOrigins();
    }

    @Override
    public Registration register(ReadType type) {
        return own(types.add(type, 0, owner));
    }

    @Override
    public Registration register(WriteType type) {
        return own(types.add(type, 0, owner));
    }

    @Override
    public Registration onChange(Runnable changed) {
        return own(types.onChange(changed));
    }

    private Registration own(Registration registration) {
        mine.add(registration);
        return () -> {
            mine.remove(registration);
            registration.close();
        };
    }

    /** Takes all out that was registered here. */
    public void close() {
        mine.forEach(Registration::close);
        mine.clear();
    }
}
