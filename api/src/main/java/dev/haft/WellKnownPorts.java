package dev.haft;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** The TCP ports of the services that programs name most, as registered with IANA. */
final class WellKnownPorts {
    private static final Map<String, Integer> PORTS = Map.ofEntries(
            entry("acap", 674),
            entry("amqp", 5672),
            entry("amqps", 5671),
            entry("daytime", 13),
            entry("dict", 2628),
            entry("discard", 9),
            entry("domain", 53),
            entry("domain-s", 853),
            entry("echo", 7),
            entry("finger", 79),
            entry("ftp", 21),
            entry("ftps", 990),
            entry("git", 9418),
            entry("gopher", 70),
            entry("http", 80),
            entry("http-alt", 8080),
            entry("https", 443),
            entry("imap", 143),
            entry("imaps", 993),
            entry("irc", 6667),
            entry("ircs-u", 6697),
            entry("jabber-client", 5222),
            entry("jabber-server", 5269),
            entry("kerberos", 88),
            entry("ldap", 389),
            entry("ldaps", 636),
            entry("managesieve", 4190),
            entry("memcache", 11211),
            entry("mpd", 6600),
            entry("mqtt", 1883),
            entry("mysql", 3306),
            entry("nntp", 119),
            entry("nntps", 563),
            entry("ntp", 123),
            entry("pop3", 110),
            entry("pop3s", 995),
            entry("postgresql", 5432),
            entry("redis", 6379),
            entry("rsync", 873),
            entry("rtsp", 554),
            entry("secure-mqtt", 8883),
            entry("sieve", 4190),
            entry("sip", 5060),
            entry("sips", 5061),
            entry("smtp", 25),
            entry("smtps", 465),
            entry("ssh", 22),
            entry("stomp", 61613),
            entry("submission", 587),
            entry("submissions", 465),
            entry("telnet", 23),
            entry("time", 37),
            entry("whois", 43),
            entry("xmpp-client", 5222),
            entry("xmpp-server", 5269));

    private WellKnownPorts() {}

    static OptionalInt of(String service) {
        Integer port = PORTS.get(service.toLowerCase(Locale.ROOT));
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }
}
