package dev.haft.itests.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import dev.haft.Haft;
import dev.haft.Protocol;
import dev.haft.Read;
import dev.haft.Types.Origin;
import dev.haft.Write;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.inject.Inject;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

public class TalksIT extends InFelix {
    @Inject
    private Haft haft;

    @Test
    public void everyBundleIsActive() {
        for (Bundle b : context.getBundles()) {
            if (b.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                assertEquals(b.toString(), Bundle.ACTIVE, b.getState());
            }
        }
    }

    @Test
    public void aBundleGetsAHaftOfItsOwn() {
        assertFalse(haft.isClosed());
        ServiceReference<Haft> reference = context.getServiceReference(Haft.class);
        assertEquals("dev.haft.engine", reference.getBundle().getSymbolicName());
        assertEquals(Constants.SCOPE_BUNDLE, reference.getProperty(Constants.SERVICE_SCOPE));
    }

    @Test
    public void jsonGoesBothWaysByName() throws Exception {
        Read<Object> read = haft.types().read("json");
        Write<Object> write = haft.types().write("json");
        try (Link link = Link.open(haft)) {
            link.near().pushWrite(write, Map.of("n", List.of(1, 2.5, "three")));
            assertEquals(
                    "{\"n\":[1,2.5,\"three\"]}", soon(link.far().read(read)).toString());
            // What was read is written back as it is.
            link.far().onEach(read, (h, value) -> h.pushWrite(write, value));
            for (int i = 0; i < 100; i++) {
                link.near().pushWrite(write, List.of(i));
            }
            for (int i = 0; i < 100; i++) {
                assertEquals("[" + i + "]", soon(link.near().read(read)).toString());
            }
        }
    }

    @Test
    public void cborGoesBothWaysByName() throws Exception {
        Write<Object> write = haft.types().write("cbor", "deterministic");
        try (Link link = Link.open(haft)) {
            Map<String, Object> value = Map.of("n", List.of(1, 2.5, "three"));
            link.near().pushWrite(write, value);
            link.near().pushWrite(write, value);
            assertEquals(
                    "{\"n\": [1, 2.5, \"three\"]}",
                    soon(link.far().read(haft.types().read("cbor"))).toString());
            assertEquals(value, soon(link.far().read(haft.types().read("cbor", Object.class))));
        }
    }

    @Test
    public void typesSayWhereTheyComeFrom() {
        assertTrue(haft.types().readOrigins().contains(new Origin("cbor", "dev.haft.cbor")));
        assertTrue(haft.types().readOrigins().contains(new Origin("json", "dev.haft.json")));
        assertTrue(haft.types().writeOrigins().contains(new Origin("json", "dev.haft.json")));
        assertTrue(haft.types().readOrigins().contains(new Origin("line", "dev.haft")));
        assertTrue(haft.types().names().containsAll(List.of("chunk", "json", "line", "netstring")));
    }

    @Test
    public void examplesRegisterTheirProtocols() throws InvalidSyntaxException {
        Collection<ServiceReference<Protocol>> protocols = context.getServiceReferences(Protocol.class, null);
        SortedMap<Object, Object> listen = new TreeMap<>();
        protocols.forEach(p -> listen.put(p.getProperty(Protocol.NAME), p.getProperty(Protocol.LISTEN)));
        assertEquals(
                Map.of(
                        "echo", "tcp://127.0.0.1:7007",
                        "rpc", "tcp://127.0.0.1:7008",
                        "rpc-cbor", "tcp://127.0.0.1:7009",
                        "echo-tls", "tcp://127.0.0.1:7010",
                        "echo-auto", "tcp://127.0.0.1:7011",
                        "smtp", "tcp://127.0.0.1:7012"),
                listen);
    }
}
