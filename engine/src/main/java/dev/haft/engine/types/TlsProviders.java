package dev.haft.engine.types;

import dev.haft.ErrorCode;
import dev.haft.HandleException;
import dev.haft.Types.Registration;
import dev.haft.tls.TlsEngine;
import dev.haft.tls.TlsProvider;
import dev.haft.tls.TlsStart;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who can do TLS, as it is known now. Thread-safe. */
public final class TlsProviders {
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    /** One that was added; the same provider may be added twice. */
    private static final class Entry {
        private final TlsProvider provider;
        private final int ranking;

        Entry(TlsProvider provider, int ranking) {
            this.provider = provider;
            this.ranking = ranking;
        }

        int ranking() {
            return ranking;
        }
    }

    /** Knows none. */
    public TlsProviders() {}

    /** Adds one; of several the one with the highest ranking counts, then the oldest. */
    public Registration add(TlsProvider provider, int ranking, String origin) {
        Entry entry = new Entry(provider, ranking);
        entries.add(entry);
        return Once.of(() -> entries.remove(entry));
    }

    /** An engine of the one that counts now. */
    public TlsEngine engine(TlsStart start) throws HandleException {
        TlsProvider provider = entries.stream()
                .sorted(Comparator.comparingInt(Entry::ranking).reversed())
                .findFirst()
                .map(entry -> entry.provider)
                .orElseThrow(() -> new HandleException(ErrorCode.TLS_FAILED, "no TLS provider"));
        return provider.engine(start);
    }
}
