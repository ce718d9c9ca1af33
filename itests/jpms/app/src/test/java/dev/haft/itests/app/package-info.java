/** Starts the program in the ways that it can be started: {@link dev.haft.itests.app.StartsIT}. */
package dev.haft.itests.app;
