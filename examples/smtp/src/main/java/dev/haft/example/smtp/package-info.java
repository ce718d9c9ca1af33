/** A mail server that keeps nothing: {@link dev.haft.example.smtp.SmtpProtocol}, to show STARTTLS on the server's side. */
@NullMarked
package dev.haft.example.smtp;

import org.jspecify.annotations.NullMarked;
