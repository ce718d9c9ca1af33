package dev.haft.tls.bc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals what a server must remember into tickets, and opens them. Keys of its own are changed each lifetime and kept for one
 * more; keys of a file, which several machines may share, are read again when it has changed. For any thread.
 *
 * <p>A ticket: the name of its key (16), a nonce (12), and AES-256-GCM of the content, bound to what is given with it.
 */
final class TicketKeys {
    private static final int NAME_BYTES = 16;
    private static final int FILE_KEY_BYTES = 80;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** One key: its name stands before what it has sealed. */
    private static final class Key {
        private final byte[] name;
        private final SecretKeySpec secret;
        private final long madeMillis;

        Key(byte[] name, SecretKeySpec secret, long madeMillis) {
            this.name = name;
            this.secret = secret;
            this.madeMillis = madeMillis;
        }
    }

    private final SecureRandom random;
    private final InstantSource clock;
    private final long lifetimeMillis;
    private final @Nullable Path file;
    private final long lookEveryMillis;
    private List<Key> keys = List.of();
    private @Nullable FileTime changed;
    private long lookedMillis;

    TicketKeys(SecureRandom random, InstantSource clock, Duration lifetime, @Nullable Path file, Duration lookEvery) {
        this.random = random;
        this.clock = clock;
        this.file = file;
        lifetimeMillis = lifetime.toMillis();
        lookEveryMillis = lookEvery.toMillis();
    }

    /** The keys as they are now, the one that seals first. */
    private synchronized List<Key> current() throws IOException {
        long now = clock.millis();
        if (file == null) {
            if (keys.isEmpty() || now - keys.get(0).madeMillis >= lifetimeMillis) {
                List<Key> renewed = new ArrayList<>();
                renewed.add(fresh(now));
                if (!keys.isEmpty() && now - keys.get(0).madeMillis < 2 * lifetimeMillis) {
                    renewed.add(keys.get(0));
                }
                keys = List.copyOf(renewed);
            }
        } else if (keys.isEmpty() || now - lookedMillis >= lookEveryMillis) {
            lookedMillis = now;
            FileTime time = Files.getLastModifiedTime(file);
            if (keys.isEmpty() || !time.equals(changed)) {
                keys = read(file, now);
                changed = time;
            }
        }
        return keys;
    }

    private Key fresh(long now) {
        byte[] name = new byte[NAME_BYTES];
        byte[] secret = new byte[32];
        random.nextBytes(name);
        random.nextBytes(secret);
        return new Key(name, new SecretKeySpec(secret, "AES"), now);
    }

    private static List<Key> read(Path file, long now) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length == 0 || bytes.length % FILE_KEY_BYTES != 0) {
            throw new IOException("ticketKeyFile: " + file + " has " + bytes.length + " bytes, must be a multiple of "
                    + FILE_KEY_BYTES);
        }
        List<Key> read = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += FILE_KEY_BYTES) {
            // The 64 bytes after the name are one secret here, whatever others use them for.
            MessageDigest digest = JdkDigest.of("SHA-256");
            digest.update(bytes, at + NAME_BYTES, FILE_KEY_BYTES - NAME_BYTES);
            byte[] name = Arrays.copyOfRange(bytes, at, at + NAME_BYTES);
            read.add(new Key(name, new SecretKeySpec(digest.digest(), "AES"), now));
        }
        return List.copyOf(read);
    }

    byte[] seal(byte[] content, byte[] boundTo) throws IOException {
        Key key = current().get(0);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] ticket = new byte[NAME_BYTES + NONCE_BYTES + content.length + TAG_BITS / 8];
        System.arraycopy(key.name, 0, ticket, 0, NAME_BYTES);
        System.arraycopy(nonce, 0, ticket, NAME_BYTES, NONCE_BYTES);
        try {
            Cipher cipher = Aead.AES_256_GCM.cipher();
            cipher.init(Cipher.ENCRYPT_MODE, key.secret, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(boundTo);
            cipher.doFinal(content, 0, content.length, ticket, NAME_BYTES + NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return ticket;
    }

    /** The content; null if it is not one of ours, or too old, or bound to something else. */
    byte @Nullable [] open(byte[] ticket, byte[] boundTo) throws IOException {
        if (ticket.length <= NAME_BYTES + NONCE_BYTES + TAG_BITS / 8) {
            return null;
        }
        for (Key key : current()) {
            if (Arrays.equals(key.name, 0, NAME_BYTES, ticket, 0, NAME_BYTES)) {
                return open(key, ticket, boundTo);
            }
        }
        return null;
    }

    private static byte @Nullable [] open(Key key, byte[] ticket, byte[] boundTo) {
        int at = NAME_BYTES + NONCE_BYTES;
        try {
            Cipher cipher = Aead.AES_256_GCM.cipher();
            cipher.init(
                    Cipher.DECRYPT_MODE, key.secret, new GCMParameterSpec(TAG_BITS, ticket, NAME_BYTES, NONCE_BYTES));
            cipher.updateAAD(boundTo);
            return cipher.doFinal(ticket, at, ticket.length - at);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
