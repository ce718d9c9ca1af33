package dev.haft;

/**
 * What has gone through a handle.
 *
 * @param bytesRead taken from the kernel
 * @param bytesWritten taken by the kernel
 * @param pendingReadBytes read and not yet consumed
 * @param pendingWriteBytes pushed and not yet taken by the kernel
 * @param queuedReads reads that wait
 */
public record HandleStats(
        long bytesRead, long bytesWritten, int pendingReadBytes, int pendingWriteBytes, int queuedReads) {}
