package dev.haft.tls.bc.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.haft.tls.PeerNameScheme;
import dev.haft.tls.PeerNameScheme.Wildcards;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parity {@code tls.peername}; AnyEvent::TLS itself is asked where it is there. */
class PeerNamesTest {
    private static final List<String> NAMES = List.of(
            "server.test",
            "SERVER.test",
            "www.wild.test",
            "a.b.wild.test",
            "wild.test",
            "www.part.test",
            "www2.part.test",
            "ftp.part.test",
            "x.www.part.test",
            "cnonly.test",
            "www.cnwild.test",
            "a.www.cnwild.test",
            "xn--bcher-kva.test",
            "other.test",
            "127.0.0.1",
            "127.0.0.2",
            "::1",
            "[::1]");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        // pattern, name, NONE, FIRST_LABEL, ANYWHERE
        "a.example.org, a.example.org, true, true, true",
        "A.Example.ORG, a.example.org, true, true, true",
        "*.example.org, a.example.org, false, true, true",
        "*.example.org, a.b.example.org, false, false, false",
        "*.example.org, example.org, false, false, false",
        "*.example.org, .example.org, false, false, false",
        "*.example.org, xn--bcher-kva.example.org, false, true, true",
        "www*.example.org, www.example.org, false, false, true",
        "www*.example.org, www12.example.org, false, false, true",
        "www*.example.org, ww.example.org, false, false, false",
        "*www.example.org, 1www.example.org, false, false, true",
        "a*b.example.org, ab.example.org, false, false, true",
        "a*a.example.org, a.example.org, false, false, false",
        "x*.example.org, xn--bcher-kva.example.org, false, false, false",
        "xn--*.example.org, xn--bcher-kva.example.org, false, false, false",
        "**.example.org, a.example.org, false, false, false",
        "*.*.example.org, a.b.example.org, false, false, false",
        "a.*.org, a.example.org, false, false, false",
        "*.org, example.org, false, false, false",
        "*, example, false, false, false",
        "*, example.org, false, false, false",
        "*., example., false, false, false",
    })
    void wildcardsStandForCharactersOfOneLabel(
            String pattern, String name, boolean none, boolean firstLabel, boolean anywhere) {
        assertEquals(none, PeerNames.matches(pattern, name, Wildcards.NONE), "NONE");
        assertEquals(firstLabel, PeerNames.matches(pattern, name, Wildcards.FIRST_LABEL), "FIRST_LABEL");
        assertEquals(anywhere, PeerNames.matches(pattern, name, Wildcards.ANYWHERE), "ANYWHERE");
    }

    @ParameterizedTest
    @CsvSource({
        // the recorded scenarios tls_verify_*: certificate, scheme, name, accepted
        "server, http, server.test, true",
        "server, https, server.test, true",
        "server, http, www.wild.test, true",
        "server, http, wild.test, false",
        "server, http, a.b.wild.test, false",
        "server, http, www2.part.test, true",
        "server, http, ftp.part.test, false",
        "server, http, 127.0.0.1, true",
        "server, http, 127.0.0.2, false",
        "server, ldap, www.wild.test, true",
        "server, ldap, www2.part.test, false",
        "server, smtp, server.test, true",
        "server, smtp, www.wild.test, false",
        "cnonly, http, cnonly.test, true",
        "cnonly, ldap, cnonly.test, true",
        "cnonly, smtp, cnonly.test, true",
        "cnonly, rfc9525, cnonly.test, false",
        "cnwild, http, www.cnwild.test, false",
        "cnwild, '[1,1,1]', www.cnwild.test, true",
        "tldwild, http, server.test, false",
    })
    void matchesAsRecorded(String certificate, String scheme, String name, boolean accepted) throws Exception {
        assertEquals(accepted, accepts(scheme, certificates().get(certificate), name));
    }

    /** AnyEvent's own function against ours: all schemes, certificates and names. */
    @Test
    void decidesAsAnyEventDoesButForTheFaultsOfThat() throws Exception {
        Map<String, X509Certificate> certificates = certificates();
        List<String> schemes = new ArrayList<>(List.of(
                "ldap", "rfc4513", "pop3", "imap", "acap", "nntp", "rfc4642", "http", "https", "rfc2818", "smtp",
                "rfc3207", "xmpp", "rfc3920", "ftp", "rfc4217"));
        for (int alternatives = 0; alternatives < 3; alternatives++) {
            for (int commonName = 0; commonName < 3; commonName++) {
                for (int check = 0; check < 3; check++) {
                    schemes.add("[" + alternatives + "," + commonName + "," + check + "]");
                }
            }
        }
        List<String> cases = new ArrayList<>();
        for (String certificate : certificates.keySet()) {
            for (String scheme : schemes) {
                for (String name : NAMES) {
                    cases.add(certificate + " " + scheme + " " + name);
                }
            }
        }
        List<String> answers = askAnyEvent(certificates, cases);
        assertEquals(cases.size(), answers.size());
        int accepted = 0;
        List<String> different = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            String[] part = cases.get(i).split(" ", -1);
            boolean theirs = answers.get(i).equals("1");
            boolean ours = accepts(part[1], certificates.get(part[0]), part[2]);
            accepted += ours ? 1 : 0;
            if (theirs != ours && !isFaultOfAnyEvent(part[0], part[2])) {
                different.add(cases.get(i) + ": AnyEvent " + theirs);
            }
        }
        assertEquals(List.of(), different);
        assertTrue(accepted > 100, accepted + " accepted");
    }

    /** Quirk 23 (*.test is taken), and an IPv6 address in brackets. */
    private static boolean isFaultOfAnyEvent(String certificate, String name) {
        return certificate.equals("tldwild") || certificate.equals("cntld") || name.startsWith("[");
    }

    private List<String> askAnyEvent(Map<String, X509Certificate> certificates, List<String> cases) throws Exception {
        for (Map.Entry<String, X509Certificate> entry : certificates.entrySet()) {
            Files.writeString(directory.resolve(entry.getKey() + ".pem"), Pki.pem(entry.getValue()));
        }
        Files.write(directory.resolve("cases"), cases);
        // The manual's order of the three numbers is (alternatives, common name, check); the code of 7.17 takes the
        // first
        // for the common name.
        String program = """
                BEGIN { eval { require AnyEvent::TLS; 1 } or do { print "missing\\n"; exit } }
                my %%certificate;
                open my $cases, "<", "cases" or die;
                while (<$cases>) {
                   chomp; my ($file, $scheme, $name) = split / /;
                   my $certificate = $certificate{$file} ||= do {
                      my $bio = Net::SSLeay::BIO_new_file ("$file.pem", "r");
                      Net::SSLeay::PEM_read_bio_X509 ($bio);
                   };
                   $scheme = [$2, $1, $3] if $scheme =~ /\\[(\\d),(\\d),(\\d)\\]/;
                   print AnyEvent::TLS::verify_hostname ($name, $certificate, $scheme) ? 1 : 0, "\\n";
                }
                """.replace("%%", "%");
        List<String> answers =
                Tool.run(directory, "perl", "-e", program).lines().toList();
        assumeFalse(answers.equals(List.of("missing")), "libanyevent-perl and libnet-ssleay-perl are missing");
        return answers;
    }

    private static boolean accepts(String scheme, X509Certificate certificate, String name) {
        PeerNameScheme rules = scheme.startsWith("[")
                ? PeerNameScheme.of(scheme.charAt(1) - '0', scheme.charAt(3) - '0', scheme.charAt(5) - '0')
                : PeerNameScheme.of(scheme);
        return PeerNames.problem(rules, certificate, name) == null;
    }

    private static Map<String, X509Certificate> certificates() throws Exception {
        Map<String, X509Certificate> all = new LinkedHashMap<>();
        all.put(
                "server",
                certificate(Pki.leaf("server.test")
                        .names(
                                new GeneralName(GeneralName.dNSName, "server.test"),
                                new GeneralName(GeneralName.dNSName, "*.wild.test"),
                                new GeneralName(GeneralName.dNSName, "www*.part.test"),
                                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                                new GeneralName(GeneralName.iPAddress, "::1"))));
        all.put("cnonly", certificate(Pki.leaf("cnonly.test")));
        all.put("cnwild", certificate(Pki.leaf("*.cnwild.test")));
        all.put("cnpart", certificate(Pki.leaf("www*.part.test")));
        all.put("cnand", certificate(Pki.leaf("cnonly.test").dns("other.test")));
        all.put(
                "cnandip",
                certificate(Pki.leaf("cnonly.test").names(new GeneralName(GeneralName.iPAddress, "127.0.0.2"))));
        all.put("tldwild", certificate(Pki.leaf("tldwild").dns("*.test")));
        all.put("cntld", certificate(Pki.leaf("*.test")));
        return all;
    }

    private static X509Certificate certificate(Pki.Spec spec) throws Exception {
        return Pki.root(spec).certificate();
    }

    @Test
    void namesAreComparedInAscii() throws Exception {
        X509Certificate certificate = certificate(Pki.leaf("x").dns("xn--bcher-kva.test"));
        PeerNameScheme standard = PeerNameScheme.standard();
        assertNull(PeerNames.problem(standard, certificate, "bücher.test"));
        assertNull(PeerNames.problem(standard, certificate, "BÜCHER.test."));
        assertNotNull(PeerNames.problem(standard, certificate, "buecher.test"));
    }

    @Test
    void anAddressIsNotLookedForAmongNames() throws Exception {
        X509Certificate names = certificate(Pki.leaf("127.0.0.1").dns("127.0.0.1"));
        assertNotNull(PeerNames.problem(PeerNameScheme.of("smtp"), names, "127.0.0.1"));
        X509Certificate address =
                certificate(Pki.leaf("x").names(new GeneralName(GeneralName.iPAddress, "2001:db8::1")));
        assertNull(PeerNames.problem(PeerNameScheme.standard(), address, "[2001:DB8:0:0:0:0:0:1]"));
        assertNotNull(PeerNames.problem(PeerNameScheme.standard(), address, "2001:db8::2"));
    }

    @Test
    void theProblemSaysWhoseCertificateItIs() throws Exception {
        String problem = PeerNames.problem(
                PeerNameScheme.standard(), certificate(Pki.leaf("x").dns("a.test", "b.test")), "c.test");
        assertEquals("is not that of c.test but of a.test, b.test", problem);
    }

    @Test
    void anOwnCheckIsAskedInsteadAndItsFailureRefuses() throws Exception {
        X509Certificate certificate = certificate(Pki.leaf("x"));
        assertNull(PeerNames.problem(
                PeerNameScheme.of((peer, name) -> peer.equals(certificate) && name.equals("c.test")),
                certificate,
                "C.test"));
        assertNotNull(PeerNames.problem(PeerNameScheme.of((peer, name) -> false), certificate, "c.test"));
        String problem = PeerNames.problem(
                PeerNameScheme.of((peer, name) -> {
                    throw new IllegalStateException("no directory");
                }),
                certificate,
                "c.test");
        assertNotNull(problem);
        assertTrue(problem.contains("no directory"), problem);
    }

    @Test
    void onlyTextOfAnAddressIsOne() {
        assertTrue(PeerNames.isAddress("127.0.0.1"));
        assertTrue(PeerNames.isAddress("::1"));
        assertFalse(PeerNames.isAddress("example.org"));
        assertFalse(PeerNames.isAddress("1.2.3.4.example.org"));
        assertFalse(PeerNames.isAddress("1.2.3"));
    }
}
