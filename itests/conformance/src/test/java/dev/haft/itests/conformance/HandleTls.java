package dev.haft.itests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.haft.tls.PeerNameScheme;
import dev.haft.tls.TlsClientAuth;
import dev.haft.tls.TlsContext;
import dev.haft.tls.TlsIdentity;
import dev.haft.tls.TlsOptions;
import dev.haft.tls.TlsRole;
import dev.haft.tls.TlsTrust;

/** TLS of the handle as scenarios describe it, with the defaults of the original: nothing is verified unless they say so. */
final class HandleTls {
    private HandleTls() {}

    static TlsRole role(JsonNode mode) {
        return switch (mode.asText()) {
            case "accept" -> TlsRole.SERVER;
            case "connect" -> TlsRole.CLIENT;
            default -> throw new IllegalArgumentException("unknown mode of TLS: " + mode);
        };
    }

    /**
     * A context.
     *
     * @param options as of {@code tls_ctx}; missing: the default ones
     */
    static TlsContext context(Scenario scenario, JsonNode options) {
        boolean verify = JsonText.isTrue(options.path("verify"));
        TlsOptions.Builder builder = TlsOptions.builder().verify(verify).peerNameScheme(scheme(options));
        if (options.has("cert_file")) {
            builder.identity(TlsIdentity.pemFile(scenario.file(options.path("cert_file"))));
        }
        if (options.has("ca_file")) {
            builder.trust(TlsTrust.caFile(scenario.file(options.path("ca_file"))));
        }
        if (verify) {
            boolean required = JsonText.isTrue(options.path("verify_require_client_cert"));
            builder.clientAuth(required ? TlsClientAuth.NEED : TlsClientAuth.WANT);
        }
        return builder.build().context();
    }

    private static PeerNameScheme scheme(JsonNode options) {
        JsonNode scheme = options.path("verify_peername");
        if (scheme.isArray()) {
            return PeerNameScheme.of(
                    scheme.path(0).asInt(),
                    scheme.path(1).asInt(),
                    scheme.path(2).asInt());
        }
        return scheme.isTextual() ? PeerNameScheme.of(scheme.asText()) : PeerNameScheme.none();
    }
}
