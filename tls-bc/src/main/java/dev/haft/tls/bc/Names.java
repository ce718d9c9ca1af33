package dev.haft.tls.bc;

import dev.haft.tls.bc.context.CipherSuites;
import org.bouncycastle.tls.NamedGroup;

/** The IANA names of what is agreed on by numbers. */
final class Names {
    private Names() {}

    static String suite(int number) {
        return CipherSuites.name(number);
    }

    static String group(int number) {
        String name = NamedGroup.getName(number);
        return name.equals("UNKNOWN") ? String.format("0x%04X", number) : name;
    }
}
