/**
 * The bundle with the commands {@code serve}, {@code talk} and {@code types}. {@code Activator} registers them as one
 * function from arguments to exit status, {@code HaftCommand} says what all have in common.
 */
@NullMarked
package dev.haft.runtime.command;

import org.jspecify.annotations.NullMarked;
