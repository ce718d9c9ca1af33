package dev.haft.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** A small DNS server on a loopback port, which knows SRV records only (RFC 1035, RFC 2782). */
final class DnsServer implements AutoCloseable {
    private static final int SRV = 33;
    private static final int IN = 1;
    private static final int NAME_ERROR = 3;
    private static final int SERVER_FAILURE = 2;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::serve, "dns");

    /** What was asked for. */
    final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();

    private volatile boolean failing;

    DnsServer() throws SocketException {
        thread.start();
    }

    String url() {
        return "dns://127.0.0.1:" + socket.getLocalPort();
    }

    DnsServer add(String name, int priority, int weight, int port, String target) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeShort(priority);
        data.writeShort(weight);
        data.writeShort(port);
        writeName(data, target);
        records.computeIfAbsent(name, n -> new ArrayList<>()).add(bytes.toByteArray());
        return this;
    }

    /** Answers that it cannot answer. */
    void fail() {
        failing = true;
    }

    private static void writeName(DataOutputStream to, String name) throws IOException {
        for (String label : name.equals(".") ? new String[0] : name.split("\\.", -1)) {
            to.writeByte(label.length());
            to.write(label.getBytes(StandardCharsets.US_ASCII));
        }
        to.writeByte(0);
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                byte[] answer = answer(packet);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private byte[] answer(DatagramPacket packet) throws IOException {
        DataInputStream query = new DataInputStream(new ByteArrayInputStream(packet.getData()));
        int id = query.readUnsignedShort();
        query.skipBytes(10);
        StringBuilder name = new StringBuilder();
        for (int length = query.readUnsignedByte(); length > 0; length = query.readUnsignedByte()) {
            name.append(name.length() == 0 ? "" : ".");
            name.append(new String(query.readNBytes(length), StandardCharsets.US_ASCII));
        }
        int type = query.readUnsignedShort();
        asked.add(name.toString());
        List<byte[]> found = type == SRV ? records.getOrDefault(name.toString(), List.of()) : List.of();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream answer = new DataOutputStream(bytes);
        answer.writeShort(id);
        answer.writeShort(0x8400 | (failing ? SERVER_FAILURE : found.isEmpty() ? NAME_ERROR : 0));
        answer.writeShort(1);
        answer.writeShort(found.size());
        answer.writeInt(0);
        writeName(answer, name.toString());
        answer.writeShort(type);
        answer.writeShort(IN);
        for (byte[] record : found) {
            writeName(answer, name.toString());
            answer.writeShort(SRV);
            answer.writeShort(IN);
            answer.writeInt(60);
            answer.writeShort(record.length);
            answer.write(record);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
