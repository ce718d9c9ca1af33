/** A program that talks over a loopback connection with types that it has by name only. */
@NullMarked
package dev.haft.itests.app;

import org.jspecify.annotations.NullMarked;
