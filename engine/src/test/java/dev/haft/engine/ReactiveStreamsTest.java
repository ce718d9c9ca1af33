package dev.haft.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** The rules of Reactive Streams, as their own kit checks them: it is written for TestNG, which is run from here. */
class ReactiveStreamsTest {
    @TestFactory
    Stream<DynamicTest> thePublisherKeepsTheRule() {
        TestListenerAdapter results = new TestListenerAdapter();
        TestNG kit = new TestNG(false);
        kit.setVerbose(0);
        kit.setTestClasses(new Class<?>[] {PublisherVerification.class});
        kit.addListener(results);
        kit.run();
        assertTrue(results.getPassedTests().size() >= 20, "most rules can be tested");
        return Stream.of(results.getPassedTests(), results.getFailedTests(), results.getSkippedTests())
                .flatMap(List::stream)
                .map(result -> DynamicTest.dynamicTest(result.getName(), () -> report(result)));
    }

    private static void report(ITestResult result) throws Throwable {
        if (result.getStatus() == ITestResult.SKIP) {
            Assumptions.abort(String.valueOf(result.getThrowable()));
        } else if (result.getStatus() != ITestResult.SUCCESS) {
            throw result.getThrowable();
        }
    }
}
