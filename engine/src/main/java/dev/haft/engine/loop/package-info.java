/** One thread, one selector: {@link SelectorLoop} waits for channels, runs tasks and fires timers. The way in is {@link SelectorLoop#start}. */
@NullMarked
package dev.haft.engine.loop;

import org.jspecify.annotations.NullMarked;
