/** Haft and the original talk to each other. */
@NullMarked
package dev.haft.itests.live;

import org.jspecify.annotations.NullMarked;
