package dev.haft.runtime.thirdparty;

import dev.haft.Read;
import dev.haft.ReadType;
import dev.haft.Reads;
import java.util.Locale;

/** A read type: lines in upper case. */
public final class Shout implements ReadType {
    private final String name;

    /** As it is made by ServiceLoader and as a component. */
    public Shout() {
        this("shout");
    }

    /**
     * As a bundle makes it.
     *
     * @param name of the type
     */
    public Shout(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Read<Object> read(Object... args) {
        return Reads.line().map(line -> line.toUpperCase(Locale.ROOT));
    }
}
