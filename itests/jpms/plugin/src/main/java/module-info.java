/** A plug-in of a third party: text that ends with a NUL byte. It exports nothing. */
module com.example.terminated {
    requires dev.haft;
    requires static org.jspecify;

    provides dev.haft.ReadType with
            com.example.terminated.TerminatedReadType;
    provides dev.haft.WriteType with
            com.example.terminated.TerminatedWriteType;
}
