package dev.haft.itests.osgi;

import dev.haft.itests.osgi.thirdparty.GuestActivator;
import dev.haft.itests.osgi.thirdparty.Tagged;
import dev.haft.itests.osgi.thirdparty.TaggedActivator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/** A bundle as a third party without our tools would pack it: a manifest by hand, classes, no more. */
final class ThirdParty {
    private final Manifest manifest = new Manifest();
    private final List<Class<?>> types = new ArrayList<>();
    private final String symbolicName;

    private ThirdParty(String symbolicName) {
        this.symbolicName = symbolicName;
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        header(Constants.BUNDLE_MANIFESTVERSION, "2");
        header(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
        header(Constants.IMPORT_PACKAGE, "dev.haft,org.osgi.framework");
    }

    /** Has a read type of that name, whose values begin with the symbolic name. */
    static ThirdParty tagged(String symbolicName, String type, int ranking) {
        return new ThirdParty(symbolicName)
                .header(Constants.BUNDLE_ACTIVATOR, TaggedActivator.class.getName())
                .header("Type-Name", type)
                .header("Type-Tag", symbolicName)
                .header("Type-Ranking", String.valueOf(ranking))
                .type(Tagged.class)
                .type(TaggedActivator.class);
    }

    /** Uses Haft in all ways. */
    static ThirdParty guest(String symbolicName) {
        return new ThirdParty(symbolicName)
                .header(Constants.BUNDLE_ACTIVATOR, GuestActivator.class.getName())
                .type(Tagged.class)
                .type(GuestActivator.class);
    }

    ThirdParty header(String name, String value) {
        manifest.getMainAttributes().putValue(name, value);
        return this;
    }

    private ThirdParty type(Class<?> type) {
        types.add(type);
        return this;
    }

    /** Installs and starts it. */
    Bundle start(BundleContext context) throws IOException, BundleException {
        Bundle bundle = context.installBundle("test:" + symbolicName, jar());
        bundle.start();
        return bundle;
    }

    private InputStream jar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Class<?> type : types) {
                String entry = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream in = type.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
