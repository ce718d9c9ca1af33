package dev.haft.tls.bc;

import java.io.IOException;

/** The records of an open connection. Fails with the alert to send, or with one that has come. */
interface Records {
    /** How long a fragment may be. */
    int fragmentBytes();

    /** How much room is needed to open a fragment of that length. */
    int plainBytes(int fragment);

    /**
     * Takes a record.
     *
     * @param at where its header begins
     * @param record its length, with header
     * @return how many bytes of clear text it has put
     */
    int receive(byte[] net, int at, int record, byte[] clear, int clearAt) throws IOException;

    /** Whether the peer's close_notify has been taken. */
    boolean isCloseNotifySeen();

    /** How much clear text a record may have. */
    int clearBytes();

    /** How much longer than its clear text a record may be. */
    int overheadBytes();

    /**
     * Seals clear text.
     *
     * @return how many bytes were put
     */
    int seal(byte[] clear, int offset, int length, byte[] net, int at) throws IOException;

    /** Adds an alert to what is to be sent. */
    void alert(int level, int description) throws IOException;

    /** Lets secrets go. */
    void discard();
}
