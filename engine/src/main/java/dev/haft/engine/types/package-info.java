/** The registry of read and write types, which come and go: {@link LiveTypes}. */
@NullMarked
package dev.haft.engine.types;

import org.jspecify.annotations.NullMarked;
