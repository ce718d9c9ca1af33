/** The engine as its users find it: {@link EngineProvider} opens an {@link EngineHaft}, which ties all rooms together. */
@NullMarked
package dev.haft.engine;

import org.jspecify.annotations.NullMarked;
