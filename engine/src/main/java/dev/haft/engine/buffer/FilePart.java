package dev.haft.engine.buffer;

import java.nio.channels.FileChannel;

/** A part of a file that waits to be written. For the loop. */
public final class FilePart extends Segment {
    private static final byte[] NONE = {};

    private final FileChannel file;
    private long from;
    private long count;

    FilePart(FileChannel file, long from, long count) {
        super(NONE, 0, false);
        this.file = file;
        this.from = from;
        this.count = count;
    }

    /** The file. */
    public FileChannel file() {
        return file;
    }

    /** The place in the file of the first byte that waits. */
    public long from() {
        return from;
    }

    /** How many bytes wait. */
    public long count() {
        return count;
    }

    void advance(long bytes) {
        from += bytes;
        count -= bytes;
    }
}
