package dev.haft.runtime.command;

import dev.haft.ErrorCode;
import dev.haft.ReadType;
import dev.haft.Types;
import dev.haft.WriteType;
import dev.haft.spi.StandardTypes;
import java.util.List;
import java.util.SortedSet;

/**
 * Checks types before anything is done with them: a name that nobody knows, and the arguments of the standard types. Those
 * of others are known to them alone, and checked when the first value comes.
 */
final class KnownTypes {
    private KnownTypes() {}

    static void checkRead(TypeSpec type, Types types) throws Failure {
        checkName("read", type, types.readNames());
        if (isAlone(type, types.readOrigins())) {
            StandardTypes.reads().stream()
                    .filter(standard -> standard.name().equals(type.name()))
                    .forEach(standard -> arguments(standard, type));
        }
    }

    static void checkWrite(TypeSpec type, Types types) throws Failure {
        checkName("write", type, types.writeNames());
        if (isAlone(type, types.writeOrigins())) {
            StandardTypes.writes().stream()
                    .filter(standard -> standard.name().equals(type.name()))
                    .forEach(standard -> arguments(standard, type));
        }
    }

    private static void checkName(String kind, TypeSpec type, SortedSet<String> names) throws Failure {
        if (!names.contains(type.name())) {
            throw new Failure(
                    ErrorCode.TYPE_UNAVAILABLE.name(),
                    "no " + kind + " type '" + type.name() + "'; there are " + String.join(", ", names));
        }
    }

    /** A plug-in may have put another in the place of a standard type. */
    private static boolean isAlone(TypeSpec type, List<Types.Origin> origins) {
        return origins.stream()
                        .filter(origin -> origin.name().equals(type.name()))
                        .count()
                == 1;
    }

    private static void arguments(ReadType standard, TypeSpec type) {
        standard.read(type.arguments());
    }

    private static void arguments(WriteType standard, TypeSpec type) {
        standard.write(type.arguments());
    }
}
