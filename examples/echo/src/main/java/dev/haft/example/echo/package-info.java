/** A line comes and goes back: the smallest protocol. {@link dev.haft.example.echo.EchoProtocol} is all of it. */
@NullMarked
package dev.haft.example.echo;

import org.jspecify.annotations.NullMarked;
