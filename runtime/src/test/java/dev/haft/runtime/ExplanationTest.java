package dev.haft.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleException;

class ExplanationTest {
    @Test
    void isTheMessages() {
        Exception e = new BootException("bundle x does not start", new BundleException("Unable to resolve x"));
        assertEquals("bundle x does not start: Unable to resolve x", Explanation.of(e));
    }

    @Test
    void leavesOutWhatTheFrameworkSaysTwice() {
        Exception e = new BundleException("missing requirement [x] a.b; (a=b) Unresolved requirements: [[x] a.b]");
        assertEquals("missing requirement [x] a.b; (a=b)", Explanation.of(e));
    }

    @Test
    void namesTheClassWhereTheMessageDoesNotStandAlone() {
        assertEquals("java.nio.file.NoSuchFileException: x.jar", Explanation.of(new NoSuchFileException("x.jar")));
        assertEquals("java.lang.IllegalStateException: no", Explanation.of(new IllegalStateException("no")));
    }

    @Test
    void doesNotRepeatACause() {
        Exception e = new UncheckedIOException(new IOException("disk full"));
        assertEquals("java.io.UncheckedIOException: java.io.IOException: disk full", Explanation.of(e));
    }
}
