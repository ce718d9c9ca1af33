package dev.haft;

/**
 * A line and what ended it.
 *
 * @param text without the marker
 * @param marker such as {@code "\r\n"}
 */
public record Line(String text, String marker) {}
