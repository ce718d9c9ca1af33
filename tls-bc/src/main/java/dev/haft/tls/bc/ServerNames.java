package dev.haft.tls.bc;

import dev.haft.tls.TlsOptions;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Server names as they go over the wire (RFC 6066 §3). */
final class ServerNames {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private ServerNames() {}

    static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || IPV4.matcher(name).matches();
    }

    /** What a client sends: the name of options or else the peer's; null if there is none, or it is one of an address. */
    static @Nullable String toSend(TlsOptions options, @Nullable String peerName) {
        String name = options.serverName() == null ? peerName : options.serverName();
        if (!options.sendServerName() || name == null || isAddress(name)) {
            return null;
        }
        try {
            String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            String ascii = IDN.toASCII(plain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            return ascii.isEmpty() ? null : ascii;
        } catch (IllegalArgumentException e) {
            // Not the name of a host, such as that of a socket file.
            return null;
        }
    }
}
