package dev.haft.itests.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import dev.haft.Haft;
import dev.haft.Read;
import dev.haft.ReadType;
import dev.haft.Types.Origin;
import dev.haft.itests.osgi.thirdparty.Tagged;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Inject;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

public class ThirdPartyTypesIT extends InFelix {
    @Inject
    private Haft haft;

    private static Dictionary<String, Object> ranked(Object ranking) {
        return FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, ranking));
    }

    private List<String> originsOf(String type) {
        return haft.types().readOrigins().stream()
                .filter(origin -> origin.name().equals(type))
                .map(Origin::origin)
                .toList();
    }

    @Test
    public void aTypeIsThereWhileItsBundleIs() throws Exception {
        AtomicInteger changes = new AtomicInteger();
        Read<Object> read = haft.types().read("third");
        try (Link link = Link.open(haft);
                var told = haft.types().onChange(changes::incrementAndGet)) {
            Bundle third = ThirdParty.tagged("com.example.third", "third", 0).start(context);
            assertTrue(haft.types().readNames().contains("third"));
            assertFalse(haft.types().writeNames().contains("third"));
            assertEquals(List.of("com.example.third"), originsOf("third"));
            link.near().pushWrite("a line\n");
            assertEquals("com.example.third a line", soon(link.far().read(read)));

            third.stop();
            assertFalse(haft.types().readNames().contains("third"));
            third.start();
            assertTrue(haft.types().readNames().contains("third"));
            third.uninstall();
            assertFalse(haft.types().names().contains("third"));
            assertEquals(told.toString(), 4, changes.get());
        }
    }

    @Test
    public void theHighestRankingDecidesThenTheOldest() throws Exception {
        Bundle low = ThirdParty.tagged("low", "same", -1).start(context);
        Bundle old = ThirdParty.tagged("old", "same", 0).start(context);
        Bundle young = ThirdParty.tagged("young", "same", 0).start(context);
        Bundle high = ThirdParty.tagged("high", "same", 1).start(context);
        assertEquals(List.of("high", "old", "young", "low"), originsOf("same"));
        Read<Object> read = haft.types().read("same");
        try (Link link = Link.open(haft)) {
            for (Bundle next : List.of(high, old, young, low)) {
                link.near().pushWrite("x\n");
                assertEquals(next.getSymbolicName() + " x", soon(link.far().read(read)));
                next.uninstall();
            }
        }
        assertEquals(List.of(), originsOf("same"));
    }

    @Test
    public void aStandardTypeGivesWayToAnyOther() throws Exception {
        Bundle lowest = ThirdParty.tagged("lowest", "line", -1_000_000).start(context);
        assertEquals(List.of("lowest", "dev.haft"), originsOf("line"));
        lowest.uninstall();
        assertEquals(List.of("dev.haft"), originsOf("line"));
    }

    @Test
    public void aRankingThatChangesIsFollowed() throws Exception {
        Bundle other = ThirdParty.tagged("other", "moving", 0).start(context);
        ServiceRegistration<ReadType> mine =
                context.registerService(ReadType.class, new Tagged("moving", "mine"), ranked(5));
        Read<Object> read = haft.types().read("moving");
        BlockingQueue<Object> values = new LinkedBlockingQueue<>();
        try (Link link = Link.open(haft)) {
            link.far().onEach(read, (h, value) -> values.add(value));
            assertEquals("mine 1", next(link, values, "1"));
            mine.setProperties(ranked(-5));
            assertEquals("other 2", next(link, values, "2"));
            mine.setProperties(ranked(5));
            assertEquals("mine 3", next(link, values, "3"));
            // None at all is 0, and so is one that is no Integer; then the oldest counts.
            mine.setProperties(FrameworkUtil.asDictionary(Map.of()));
            assertEquals("other 4", next(link, values, "4"));
            mine.setProperties(ranked("9"));
            assertEquals("other 5", next(link, values, "5"));
            mine.unregister();
            other.uninstall();
        }
    }

    private static Object next(Link link, BlockingQueue<Object> values, String line) throws InterruptedException {
        link.near().pushWrite(line + "\n");
        return values.poll(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    public void aTypeThatCannotBeUsedIsLeftOut() throws Exception {
        ServiceRegistration<ReadType> nameless = context.registerService(ReadType.class, new Tagged("", "no"), null);
        ServiceRegistration<ReadType> good = context.registerService(ReadType.class, new Tagged("good", "yes"), null);
        assertFalse(haft.types().names().contains(""));
        assertTrue(haft.types().names().contains("good"));
        nameless.setProperties(ranked(3));
        nameless.unregister();
        good.unregister();
        assertFalse(haft.types().names().contains("good"));
    }
}
