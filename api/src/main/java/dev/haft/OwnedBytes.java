package dev.haft;

import java.util.Objects;

/** An array that is handed over to be written: nobody changes it any more. Made by {@link Writes#owned}. */
public final class OwnedBytes {
    private final byte[] array;

    OwnedBytes(byte[] array) {
        this.array = Objects.requireNonNull(array, "array");
    }

    /**
     * The bytes.
     *
     * @return the array itself
     */
    public byte[] array() {
        return array;
    }

    @Override
    public String toString() {
        return "owned " + array.length + " bytes";
    }
}
