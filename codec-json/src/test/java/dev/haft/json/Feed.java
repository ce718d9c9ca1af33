package dev.haft.json;

import dev.haft.Read;
import dev.haft.testkit.Outcome;
import dev.haft.testkit.ReadRun;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What comes of a stream that is shown to a read, as text: values, errors, and how it ended. */
final class Feed {
    static final String CLEAN = "end";

    private Feed() {}

    static List<String> whole(Read<?> read, byte[] stream) {
        return log(ReadRun.whole(read, stream), stream.length);
    }

    static List<String> whole(Read<?> read, String stream) {
        return whole(read, stream.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> byteByByte(Read<?> read, byte[] stream) {
        return log(ReadRun.byteByByte(read, stream), stream.length);
    }

    static List<String> cutAt(Read<?> read, byte[] stream, int... cuts) {
        return log(ReadRun.cutAt(read, stream, cuts), stream.length);
    }

    private static List<String> log(List<Outcome> outcomes, int length) {
        List<String> log = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            log.add(
                    switch (outcome.kind()) {
                        case VALUE -> "value " + outcome.value();
                        case ERROR -> outcome.value() + " " + outcome.message();
                        case END -> CLEAN;
                        case CUT_OFF -> "cut off, " + (length - outcome.at()) + " bytes are left";
                    });
        }
        if (!outcomes.isEmpty() && outcomes.get(outcomes.size() - 1).kind() == Outcome.Kind.VALUE) {
            // The end of the stream was the end of the value.
            log.add(CLEAN);
        }
        return log;
    }
}
