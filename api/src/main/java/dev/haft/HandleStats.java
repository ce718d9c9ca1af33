package dev.haft;

import java.time.Duration;

/**
 * What has gone through a handle.
 *
 * @param bytesRead taken from the kernel
 * @param bytesWritten taken by the kernel
 * @param pendingReadBytes read and not yet consumed
 * @param pendingWriteBytes pushed and not yet taken by the kernel; at most {@link Integer#MAX_VALUE}
 * @param queuedReads reads that wait
 * @param sinceRead how long ago something was read last, or else the handle began
 * @param sinceWrite how long ago something was written last, or else the handle began
 */
public record HandleStats(
        long bytesRead,
        long bytesWritten,
        int pendingReadBytes,
        int pendingWriteBytes,
        int queuedReads,
        Duration sinceRead,
        Duration sinceWrite) {}
