/**
 * Servers that do the same work in different ways, for {@code echo.sh} and {@code idle.sh} to measure.
 *
 * <p>The yardstick is {@link dev.haft.bench.RawNioEcho}.
 */
@NullMarked
package dev.haft.bench;

import org.jspecify.annotations.NullMarked;
