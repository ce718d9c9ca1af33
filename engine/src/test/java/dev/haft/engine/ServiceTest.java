package dev.haft.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.haft.Endpoint;
import dev.haft.Haft;
import dev.haft.Handle;
import dev.haft.HandleOptions;
import dev.haft.engine.net.SystemResolver;
import dev.haft.spi.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Services by name, over a DNS server of the test. Parity open.multihomed, open.resolver; RFC 2782. */
class ServiceTest {
    private static final String HOST = "example.test";

    private final Events events = new Events();

    /** Services by DNS; each host has one address, 127.0.0.N for {@code hostN}. */
    private static Haft haft(DnsServer dns) {
        SystemResolver system = new SystemResolver(dns.url());
        return Haft.builder()
                .loops(1)
                .resolver(new Resolver() {
                    @Override
                    public List<InetAddress> addresses(String host) throws IOException {
                        return List.of(InetAddress.getByName(host.replaceFirst("^host([0-9]+)\\.test$", "127.0.0.$1")
                                .replace(HOST, "127.0.0.2")));
                    }

                    @Override
                    public List<Srv> services(String name) throws IOException {
                        return system.services(name);
                    }
                })
                .open();
    }

    private HandleOptions options() {
        return events.options()
                .onConnect((handle, address, retry) -> {
                    InetSocketAddress at = (InetSocketAddress) address;
                    events.add(at.getAddress().getHostAddress() + ":" + at.getPort() + " of " + handle.peerName());
                    retry.run();
                })
                .onConnectError((handle, error) -> events.note(error))
                .build();
    }

    @Test
    void theTargetsOfSrvRecordsAreTriedByPriority() throws Exception {
        try (DnsServer dns = new DnsServer();
                Site one = new Site().answers("127.0.0.3");
                Site two = new Site().answers("127.0.0.4");
                Haft haft = haft(dns)) {
            dns.add("_imap._tcp.example.test", 20, 0, two.port(), "host4.test");
            dns.add("_imap._tcp.example.test", 10, 0, one.port(), "host3.test");
            haft.connect(Endpoint.tcp(HOST, "imap"), options());
            events.expect(one.text("127.0.0.3") + " of " + HOST, two.text("127.0.0.4") + " of " + HOST, "UNREACHABLE!");
            assertEquals(List.of("_imap._tcp.example.test"), List.copyOf(dns.asked));
        }
    }

    @Test
    void withoutRecordsTheServiceIsAtItsUsualPort() throws Exception {
        try (DnsServer dns = new DnsServer();
                Site site = new Site().answers("127.0.0.2");
                Haft haft = haft(dns)) {
            haft.connect(Endpoint.tcp(HOST, "nosuch=" + site.port()), options());
            events.expect(site.text("127.0.0.2") + " of " + HOST, "UNREACHABLE!");
            assertEquals(List.of("_nosuch._tcp.example.test"), List.copyOf(dns.asked));
        }
    }

    @Test
    void whenDnsFailsTheServiceIsAtItsUsualPort() throws Exception {
        try (DnsServer dns = new DnsServer();
                Site site = new Site().answers("127.0.0.2");
                Haft haft = haft(dns)) {
            dns.fail();
            haft.connect(Endpoint.tcp(HOST, "nosuch=" + site.port()), options());
            events.expect(site.text("127.0.0.2") + " of " + HOST, "UNREACHABLE!");
        }
    }

    @Test
    void aServiceWithoutRecordsAndPortIsUnknown() throws Exception {
        try (DnsServer dns = new DnsServer();
                Haft haft = haft(dns)) {
            haft.connect(Endpoint.tcp(HOST, "nosuch"), options());
            events.expect("UNKNOWN_HOST!");
            assertEquals(
                    "cannot connect to tcp://example.test:nosuch: unknown service 'nosuch': no SRV record of"
                            + " 'example.test' and no well-known port",
                    events.lastError().getMessage());
        }
    }

    @Test
    void aTargetThatIsARootMeansThatThereIsNoSuchService() throws Exception {
        try (DnsServer dns = new DnsServer();
                Haft haft = haft(dns)) {
            dns.add("_imap._tcp.example.test", 0, 0, 0, ".");
            haft.connect(Endpoint.tcp(HOST, "imap"), options());
            events.expect("UNKNOWN_HOST!");
            String message = events.lastError().getMessage();
            assertTrue(message.endsWith("'example.test' does not offer the service 'imap'"), message);
        }
    }

    @Test
    void aTargetWithoutAddressIsPassedOver() throws Exception {
        try (DnsServer dns = new DnsServer();
                Site site = new Site().answers("127.0.0.3");
                Haft haft = haft(dns)) {
            dns.add("_imap._tcp.example.test", 1, 0, site.port(), "none.invalid");
            dns.add("_imap._tcp.example.test", 2, 0, site.port(), "host3.test");
            haft.connect(Endpoint.tcp(HOST, "imap"), options());
            events.expect(site.text("127.0.0.3") + " of " + HOST, "UNREACHABLE!");
        }
    }

    @Test
    void addressesAndThisMachineHaveNoRecords() throws Exception {
        try (DnsServer dns = new DnsServer();
                Site site = new Site().answers("127.0.0.1");
                Haft haft = haft(dns)) {
            for (String host : List.of("127.0.0.1", "localhost")) {
                Handle handle = haft.connect(Endpoint.tcp(host, "imap=" + site.port()), options());
                events.expect(site.text("127.0.0.1") + " of " + host, "UNREACHABLE!");
                Pair.await(handle.closed());
            }
            assertEquals(List.of(), List.copyOf(dns.asked));
        }
    }

    @Test
    void internationalNamesAreAskedForInAscii() throws Exception {
        // open.peername
        try (DnsServer dns = new DnsServer();
                Site site = new Site().answers("127.0.0.3");
                Haft haft = haft(dns)) {
            dns.add("_imap._tcp.xn--bcher-kva.test", 1, 0, site.port(), "host3.test");
            haft.connect(Endpoint.tcp("bücher.test", "imap"), options());
            events.expect(site.text("127.0.0.3") + " of xn--bcher-kva.test", "UNREACHABLE!");
        }
    }
}
