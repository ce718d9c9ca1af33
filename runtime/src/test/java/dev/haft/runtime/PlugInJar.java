package dev.haft.runtime;

import dev.haft.runtime.thirdparty.Shout;
import dev.haft.runtime.thirdparty.ShoutActivator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs a bundle as a third party without our tools would: a manifest by hand. */
final class PlugInJar {
    private final Manifest manifest = new Manifest();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private PlugInJar(String symbolicName) {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        header("Bundle-ManifestVersion", "2");
        header("Bundle-SymbolicName", symbolicName);
        header("Bundle-Version", "1.0.0");
        header("Import-Package", "dev.haft,org.osgi.framework");
    }

    /** Registers a type, and a protocol, of that name by an activator. */
    static PlugInJar activated(String name) throws IOException {
        return new PlugInJar("thirdparty.activated")
                .header("Bundle-Activator", ShoutActivator.class.getName())
                .header("Shout-Name", name)
                .type(Shout.class)
                .type(ShoutActivator.class);
    }

    /** Registers the type {@code shout} as a component. */
    static PlugInJar component() throws IOException {
        return new PlugInJar("thirdparty.component")
                .header("Service-Component", "OSGI-INF/shout.xml")
                .header("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=osgi.component)\"")
                .text(
                        "OSGI-INF/shout.xml",
                        "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"shout\">"
                                + "<implementation class=\"" + Shout.class.getName() + "\"/>"
                                + "<service><provide interface=\"dev.haft.ReadType\"/></service>"
                                + "</scr:component>")
                .type(Shout.class);
    }

    /** Registers the type {@code shout} by META-INF/services. */
    static PlugInJar provider() throws IOException {
        return new PlugInJar("thirdparty.provider")
                .header("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=osgi.serviceloader.registrar)\"")
                .header("Provide-Capability", "osgi.serviceloader;osgi.serviceloader=dev.haft.ReadType")
                .text("META-INF/services/dev.haft.ReadType", Shout.class.getName())
                .type(Shout.class);
    }

    /** Needs a package that nobody has. */
    static PlugInJar unresolvable() {
        return new PlugInJar("thirdparty.unresolvable").header("Import-Package", "no.such.thing");
    }

    private PlugInJar header(String name, String value) {
        manifest.getMainAttributes().putValue(name, value);
        return this;
    }

    private PlugInJar text(String name, String text) {
        entries.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private PlugInJar type(Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            entries.put(name, in.readAllBytes());
        }
        return this;
    }

    /** Puts it there in one step, over one that is there already. */
    void drop(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        Path unfinished = Files.createTempFile(folder.getParent(), "plug-in", ".tmp");
        try (OutputStream file = Files.newOutputStream(unfinished);
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        }
        Files.move(unfinished, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
