package dev.haft.engine;

import static org.junit.jupiter.api.Assertions.fail;

import java.lang.reflect.Proxy;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a logger says, instead of the console. By reflection: the engine's module does not read {@code java.logging}, the back
 * end of its System.Logger in tests.
 */
final class LogCapture implements AutoCloseable {
    private static final String LOGGING = "java.util.logging.";

    private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final Object logger;

    private LogCapture(String name) throws ReflectiveOperationException {
        logger = Class.forName(LOGGING + "Logger")
                .getMethod("getLogger", String.class)
                .invoke(null, name);
        Class<?> filter = Class.forName(LOGGING + "Filter");
        setFilter(Proxy.newProxyInstance(filter.getClassLoader(), new Class<?>[] {filter}, (proxy, method, args) -> {
            Class<?> entry = Class.forName(LOGGING + "LogRecord");
            messages.add(entry.getMethod("getLevel").invoke(args[0]) + " "
                    + entry.getMethod("getMessage").invoke(args[0]));
            return false;
        }));
    }

    static LogCapture of(Class<?> type) throws ReflectiveOperationException {
        return new LogCapture(type.getName());
    }

    private void setFilter(Object filter) throws ReflectiveOperationException {
        Class<?> type = Class.forName(LOGGING + "Filter");
        Class.forName(LOGGING + "Logger").getMethod("setFilter", type).invoke(logger, filter);
    }

    String next() throws InterruptedException {
        String message = messages.poll(20, TimeUnit.SECONDS);
        return message == null ? fail("nothing was logged") : message;
    }

    @Override
    public void close() throws ReflectiveOperationException {
        setFilter(null);
    }
}
