package dev.haft.runtime.command;

import dev.haft.Endpoint;
import dev.haft.HandleOptions;
import dev.haft.Read;
import dev.haft.Write;
import org.jspecify.annotations.Nullable;

/**
 * What is talked, with whom.
 *
 * @param endpoint the peer
 * @param options of the handle to the peer
 * @param tls how TLS is started; null: not at all
 * @param typed how standard input is cut into values
 * @param write how they are written to the peer
 * @param read what the peer sends
 * @param printer how that is printed
 */
record TalkPlan(
        Endpoint endpoint,
        HandleOptions options,
        @Nullable TalkTls tls,
        Read<?> typed,
        Write<Object> write,
        Read<Object> read,
        Printer printer) {}
