package dev.haft.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.haft.ErrorCallback;
import dev.haft.HandleCallback;
import dev.haft.HandleException;
import dev.haft.HandleOptions;
import dev.haft.ReadCallback;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What callbacks have heard, in order; a test waits for the next. Thread-safe. */
final class Events {
    private static final long PATIENCE_SECONDS = 20;

    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private volatile @Nullable HandleException lastError;

    void add(String event) {
        heard.add(event);
    }

    /** Notes the code of an error, with an exclamation mark if it is fatal. */
    ErrorCallback error() {
        return (handle, error) -> note(error);
    }

    void note(HandleException error) {
        lastError = error;
        add(error.code() + (error.fatal() ? "!" : ""));
    }

    HandleCallback on(String name) {
        return handle -> add(name);
    }

    /** Notes values, bytes as ISO-8859-1. */
    <T> ReadCallback<T> value() {
        return (handle, value) -> add(text(value));
    }

    static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : value.toString();
    }

    /** Options of a handle whose errors and end are noted here. */
    HandleOptions.Builder options() {
        return HandleOptions.builder().onError(error()).onEof(on("eof"));
    }

    HandleException lastError() {
        HandleException error = lastError;
        return error == null ? fail("there was no error") : error;
    }

    String next() {
        try {
            String event = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return event == null ? fail("nothing happened") : event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail("interrupted while waiting for an event", e);
        }
    }

    /** The next events are these. */
    void expect(String... expected) {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < expected.length; i++) {
            seen.add(next());
            assertEquals(List.of(expected).subList(0, i + 1), seen);
        }
    }

    /** Nothing has been heard that was not taken. */
    void expectNoMore() {
        assertEquals(List.of(), List.copyOf(heard));
    }

    List<String> drain() {
        List<String> all = new ArrayList<>();
        heard.drainTo(all);
        return all;
    }
}
