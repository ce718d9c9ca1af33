/**
 * Plays recorded scenarios of AnyEvent::Handle against a real handle over loopback sockets and compares the event logs.
 *
 * <p>The way in is {@link dev.haft.itests.conformance.ConformanceTest}; {@link dev.haft.itests.conformance.Director} plays
 * one scenario. The format is described in the README.md of this project's folder.
 */
package dev.haft.itests.conformance;
