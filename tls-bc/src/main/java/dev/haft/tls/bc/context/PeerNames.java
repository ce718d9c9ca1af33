package dev.haft.tls.bc.context;

import dev.haft.tls.PeerNameCheck;
import dev.haft.tls.PeerNameScheme;
import dev.haft.tls.PeerNameScheme.CommonName;
import dev.haft.tls.PeerNameScheme.Wildcards;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.jspecify.annotations.Nullable;

/** Compares the names in a certificate with the name of the peer, by the rules of a scheme. Parity {@code tls.peername}. */
final class PeerNames {
    private static final int DNS = 2;
    private static final int IP = 7;

    private PeerNames() {}

    /**
     * Whether a certificate is that of a peer of this name.
     *
     * @param scheme the rules
     * @param certificate the peer's own
     * @param peerName a host name or an IP address
     * @return null if so; else why not
     */
    static @Nullable String problem(PeerNameScheme scheme, X509Certificate certificate, String peerName) {
        try {
            PeerNameCheck check = scheme.check().orElse(null);
            String name = plain(peerName);
            if (check != null) {
                return check.matches(certificate, name) ? null : "is not that of " + peerName;
            }
            List<String> alternatives = new ArrayList<>();
            List<String> addresses = new ArrayList<>();
            collect(certificate, alternatives, addresses);
            boolean matches = isAddress(name)
                    ? matchesAddress(name, addresses)
                    : matchesName(scheme, name, alternatives, certificate);
            return matches
                    ? null
                    : "is not that of " + peerName + " but of " + told(alternatives, addresses, certificate);
        } catch (CertificateParsingException | UnknownHostException | IllegalArgumentException e) {
            return "cannot be compared with the name " + peerName + ": " + e.getMessage();
        } catch (Exception e) {
            return "cannot be compared with the name " + peerName + ": " + e;
        }
    }

    private static boolean matchesName(
            PeerNameScheme scheme, String name, List<String> alternatives, X509Certificate certificate) {
        if (alternatives.stream().anyMatch(pattern -> matches(pattern, name, scheme.inAlternatives()))) {
            return true;
        }
        String commonName = commonName(certificate);
        return commonName != null
                && (scheme.commonName() == CommonName.ALWAYS
                        || (scheme.commonName() == CommonName.WITHOUT_ALTERNATIVES && alternatives.isEmpty()))
                && matches(commonName, name, scheme.inCommonName());
    }

    /** Whether a name of a certificate, perhaps with a wildcard, is this name. */
    static boolean matches(String pattern, String name, Wildcards wildcards) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        int star = wanted.indexOf('*');
        if (star < 0) {
            return wanted.equals(name);
        }
        int end = wanted.indexOf('.');
        int nameEnd = name.indexOf('.');
        // one wildcard, in the first label, and at least two labels after it: *.org and * are for nobody to have
        if (wildcards == Wildcards.NONE
                || end < 0
                || nameEnd < 1
                || star > end
                || wanted.indexOf('*', star + 1) >= 0
                || wanted.indexOf('.', end + 1) < 0
                || !wanted.substring(end).equals(name.substring(nameEnd))) {
            return false;
        }
        String label = name.substring(0, nameEnd);
        String before = wanted.substring(0, star);
        String after = wanted.substring(star + 1, end);
        if (before.isEmpty() && after.isEmpty()) {
            return true;
        }
        return wildcards == Wildcards.ANYWHERE
                // within an internationalized label characters are not what they seem (RFC 6125 §6.4.3)
                && !before.startsWith("xn--")
                && !label.startsWith("xn--")
                && label.length() >= before.length() + after.length()
                && label.startsWith(before)
                && label.endsWith(after);
    }

    private static boolean matchesAddress(String name, List<String> addresses) throws UnknownHostException {
        InetAddress wanted = InetAddress.getByName(name);
        for (String address : addresses) {
            if (InetAddress.getByName(address).equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static void collect(X509Certificate certificate, List<String> names, List<String> addresses)
            throws CertificateParsingException {
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        if (all == null) {
            return;
        }
        for (List<?> entry : all) {
            if (entry.get(0) instanceof Integer type && entry.get(1) instanceof String value) {
                if (type == DNS) {
                    names.add(value);
                } else if (type == IP && isAddress(value)) {
                    addresses.add(value);
                }
            }
        }
    }

    /** The most specific one (RFC 2818 §3.1): the last. */
    private static @Nullable String commonName(X509Certificate certificate) {
        RDN[] all = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                .getRDNs(BCStyle.CN);
        return all.length == 0
                ? null
                : IETFUtils.valueToString(all[all.length - 1].getFirst().getValue());
    }

    /** A host name in ASCII and lower case, without the dot of an absolute name; an address without brackets and zone. */
    static String plain(String peerName) {
        String name = peerName;
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        if (name.indexOf(':') >= 0) {
            int zone = name.indexOf('%');
            return zone < 0 ? name : name.substring(0, zone);
        }
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    }

    /** Whether this is the text of an IP address: so no name is looked up. */
    static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 ? name.matches("[0-9a-fA-F:.]+") : name.matches("[0-9]+(\\.[0-9]+){3}");
    }

    private static String told(List<String> names, List<String> addresses, X509Certificate certificate) {
        List<String> all = new ArrayList<>(names);
        all.addAll(addresses);
        String commonName = commonName(certificate);
        if (all.isEmpty()) {
            return commonName == null ? "nobody" : "the common name " + printable(commonName);
        }
        String shown = String.join(", ", all.subList(0, Math.min(8, all.size())));
        return printable(all.size() > 8 ? shown + " and " + (all.size() - 8) + " more" : shown);
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
