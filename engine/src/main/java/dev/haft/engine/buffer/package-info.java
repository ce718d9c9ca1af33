/** Where bytes wait: {@link Inbox} on their way in, {@link Outbox} on their way out, and {@link LoopBuffers}, which handles of a loop share. */
@NullMarked
package dev.haft.engine.buffer;

import org.jspecify.annotations.NullMarked;
