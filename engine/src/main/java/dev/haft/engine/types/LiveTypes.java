package dev.haft.engine.types;

import dev.haft.BadMessageException;
import dev.haft.Read;
import dev.haft.ReadType;
import dev.haft.Types.Origin;
import dev.haft.Types.Registration;
import dev.haft.Write;
import dev.haft.WriteType;
import dev.haft.spi.StandardTypes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All read and write types of an engine, as they are known now. Thread-safe. */
public final class LiveTypes {
    /** Standard types come after all others. */
    public static final int LAST = Integer.MIN_VALUE;

    private static final System.Logger LOG = System.getLogger(LiveTypes.class.getName());

    private final Catalog<ReadType> reads = new Catalog<>("read");
    private final Catalog<WriteType> writes = new Catalog<>("write");
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Knows the standard types. */
    public LiveTypes() {
        StandardTypes.reads().forEach(t -> reads.add(t.name(), t, LAST, "dev.haft"));
        StandardTypes.writes().forEach(t -> writes.add(t.name(), t, LAST, "dev.haft"));
    }

    /** Adds a type; of several with one name the one with the highest ranking counts, then the oldest. */
    public Registration add(ReadType type, int ranking, String origin) {
        return added(reads.add(type.name(), type, ranking, origin));
    }

    /** Adds a type; of several with one name the one with the highest ranking counts, then the oldest. */
    public Registration add(WriteType type, int ranking, String origin) {
        return added(writes.add(type.name(), type, ranking, origin));
    }

    private Registration added(Runnable remove) {
        changed();
        return Once.of(() -> {
            remove.run();
            changed();
        });
    }

    /** Tells of changes. */
    public Registration onChange(Runnable changed) {
        // A wrapper: the same listener may be added twice.
        Runnable listener = () -> changed.run();
        listeners.add(listener);
        return Once.of(() -> listeners.remove(listener));
    }

    private void changed() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a listener of types failed", e);
            }
        }
    }

    /** What has this name now, with these arguments. */
    Read<Object> find(String name, Object[] args) throws BadMessageException {
        ReadType type = reads.find(name);
        try {
            return type.read(args);
        } catch (IllegalArgumentException e) {
            throw new BadMessageException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    /** What has this name now, with these arguments. */
    Write<Object> findWrite(String name, Object[] args) throws BadMessageException {
        WriteType type = writes.find(name);
        try {
            return type.write(args);
        } catch (IllegalArgumentException e) {
            throw new BadMessageException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    /** Read types and where they come from. */
    public List<Origin> readOrigins() {
        return reads.origins();
    }

    /** Write types and where they come from. */
    public List<Origin> writeOrigins() {
        return writes.origins();
    }
}
