package dev.haft.itests.osgi.thirdparty;

import dev.haft.Read;
import dev.haft.ReadType;
import dev.haft.Reads;

/**
 * A read type: lines, each with a tag before it that tells which of several types of a name has read it.
 *
 * @param name of the type
 * @param tag before each line
 */
public record Tagged(String name, String tag) implements ReadType {
    @Override
    public Read<Object> read(Object... args) {
        return Reads.line().map(line -> tag + " " + line);
    }
}
