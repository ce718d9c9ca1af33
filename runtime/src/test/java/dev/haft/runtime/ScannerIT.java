package dev.haft.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scanner testssl.sh against the ports with TLS. Its reports stay in {@code target/testssl}. */
class ScannerIT {
    private static final int MINUTES = 10;
    private static final Path REPORTS = Path.of("target", "testssl");

    /** All else fails; WARN and FATAL, too, by which the scanner says that it could not look. */
    private static final Set<String> GOOD = Set.of("OK", "INFO", "LOW", "DEBUG");

    /**
     * WARN now and then: the scanner's OpenSSL client, without input, hangs up after the handshake, maybe before the tickets of
     * TLS 1.3 are there. Resumption has tests of its own, with OpenSSL, too.
     */
    private static final Map<String, String> EXCEPT = Map.of("sessionresumption_ticket", "WARN");

    /** Else a report without findings would say nothing. */
    private static final List<String> LOOKED_AT = List.of(
            "SSLv2",
            "SSLv3",
            "TLS1",
            "TLS1_1",
            "TLS1_2",
            "TLS1_3",
            "cipherlist_NULL",
            "cipherlist_STRONG",
            "cipher_order",
            "cert_chain_of_trust",
            "heartbleed",
            "CCS",
            "secure_renego",
            "secure_client_renego",
            "CRIME_TLS",
            "LOGJAM",
            "LUCKY13",
            "RC4");

    @Test
    void findsNothingWorseThanLow(@TempDir Path folder) throws Exception {
        String scanner = Installed.assumeAny("testssl", "testssl.sh");
        Path authority = Certificates.authority(folder, "authority");
        Path certificate = Certificates.issue(folder, "server", authority);
        Files.createDirectories(REPORTS);
        try (TlsServer server = TlsServer.start(
                        folder.resolve("plugins"),
                        "--cert",
                        certificate.toString(),
                        "--key",
                        Certificates.key(certificate).toString());
                // They mostly wait: side by side they take as long as one.
                Scan implicit = new Scan(scanner, authority, server, "echo-tls");
                Scan starting = new Scan(scanner, authority, server, "smtp", "--starttls", "smtp")) {
            assertEquals(List.of(), implicit.bad());
            assertEquals(List.of(), starting.bad());
        }
    }

    /** A run of the scanner. */
    private static final class Scan implements AutoCloseable {
        private final Path report;
        private final Path log;
        private final Process process;

        Scan(String scanner, Path authority, TlsServer server, String protocol, String... more) throws IOException {
            report = REPORTS.resolve(protocol + ".json");
            log = REPORTS.resolve(protocol + ".log");
            // It does not write over an older one.
            Files.deleteIfExists(report);
            List<String> command = new ArrayList<>(List.of(scanner));
            command.addAll(List.of("--quiet", "--warnings", "off", "--color", "0"));
            command.addAll(List.of("--nodns", "none", "--ip", "127.0.0.1", "--add-ca", authority.toString()));
            command.addAll(List.of("--protocols", "--std", "--fs", "--server-preference", "--server-defaults"));
            command.addAll(List.of("--vulnerable", "--jsonfile", report.toString()));
            command.addAll(List.of(more));
            command.add(server.place(protocol).replace("127.0.0.1", "localhost"));
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process.getOutputStream().close();
        }

        /** What it has found that must not be. */
        List<String> bad() throws Exception {
            assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), "it does not end: " + log);
            List<String> bad = new ArrayList<>();
            Set<String> missing = new HashSet<>(LOOKED_AT);
            for (JsonNode finding : new ObjectMapper().readTree(report.toFile())) {
                String id = finding.path("id").asText();
                String severity = finding.path("severity").asText();
                missing.remove(id);
                if (!GOOD.contains(severity) && !severity.equals(EXCEPT.get(id))) {
                    bad.add(severity + " " + id + ": " + finding.path("finding").asText());
                }
            }
            missing.forEach(id -> bad.add("not looked at: " + id));
            return bad;
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
