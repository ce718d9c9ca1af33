/** What gets a handle its transport: channels, connects, listeners, and pumps for blocking streams. */
@NullMarked
package dev.haft.engine.net;

import org.jspecify.annotations.NullMarked;
