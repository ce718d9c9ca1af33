package dev.haft.engine.net;

import dev.haft.spi.Resolver.Srv;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.CompositeName;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/**
 * SRV records by the JDK's DNS provider. Apart, because the module {@code java.naming} may be missing at run time: then this
 * class cannot be loaded.
 */
final class DnsServices {
    private static final String SRV = "SRV";

    /** For each server: so many milliseconds, then as many times again, each twice as long as before. */
    private static final String FIRST_MILLIS = "1000";

    private static final String TRIES = "2";

    private DnsServices() {}

    /**
     * Looks records up.
     *
     * @param server {@code dns:} for those that the system uses, or {@code dns://HOST:PORT}
     * @return empty if there are none
     * @throws IOException if it cannot be known
     */
    // The DNS provider gives text and never objects, what starts with an underscore names no other provider, and JNDI
    // takes
    // a Hashtable only.
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    static List<Srv> find(String server, String name) throws IOException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, server);
        environment.put("com.sun.jndi.dns.timeout.initial", FIRST_MILLIS);
        environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
        try {
            InitialDirContext dns = new InitialDirContext(environment);
            try {
                return records(dns.getAttributes(new CompositeName().add(name), new String[] {SRV})
                        .get(SRV));
            } finally {
                dns.close();
            }
        } catch (NameNotFoundException e) {
            return List.of();
        } catch (NamingException e) {
            throw new IOException("no answer from DNS for " + name + ": " + e.getMessage(), e);
        }
    }

    private static List<Srv> records(Attribute attribute) throws NamingException, IOException {
        List<Srv> records = new ArrayList<>();
        if (attribute != null) {
            NamingEnumeration<?> values = attribute.getAll();
            while (values.hasMore()) {
                records.add(record(String.valueOf(values.next())));
            }
        }
        return records;
    }

    /** As the provider gives them: {@code priority weight port target}. */
    private static Srv record(String text) throws IOException {
        String[] parts = text.split(" ", 4);
        try {
            return new Srv(
                    Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), parts[3]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("not an SRV record: " + text, e);
        }
    }
}
