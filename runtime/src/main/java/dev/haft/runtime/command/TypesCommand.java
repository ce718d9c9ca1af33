package dev.haft.runtime.command;

import dev.haft.Types;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the types: a line each. */
@Command(name = "types", description = "Lists the read and write types, and the bundles that they come from.")
final class TypesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private final HaftCommand haft;
    private final BundleContext context;

    TypesCommand(HaftCommand haft, BundleContext context) {
        this.haft = haft;
        this.context = context;
    }

    @Override
    public Integer call() throws Failure {
        haft.startPlugIns();
        Types types = HaftCommand.engine(context).types();
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("KIND", "NAME", "ORIGIN"));
        types.readOrigins().forEach(type -> rows.add(new Row("read", type.name(), type.origin())));
        types.writeOrigins().forEach(type -> rows.add(new Row("write", type.name(), type.origin())));
        int width = rows.stream().mapToInt(row -> row.name.length()).max().orElse(0);
        PrintWriter out = spec.commandLine().getOut();
        rows.forEach(row -> out.println(row.line(width)));
        if (out.checkError() || System.out.checkError()) {
            throw new Failure("IO", "standard output cannot be written");
        }
        return 0;
    }

    /** One of them. */
    private record Row(String kind, String name, String origin) {
        String line(int width) {
            return kind + " ".repeat(7 - kind.length()) + name + " ".repeat(width + 2 - name.length()) + origin;
        }
    }
}
