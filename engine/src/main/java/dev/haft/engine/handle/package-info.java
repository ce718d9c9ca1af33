/** The handle itself: {@link StreamHandle} is what the user calls; {@code ReadSide} and {@code WriteSide} do the work over a {@link Transport}. */
@NullMarked
package dev.haft.engine.handle;

import org.jspecify.annotations.NullMarked;
