package io.ternmq;

import java.util.Optional;

/**
 * A message is stored.
 *
 * @param id           what names it for ever; consumers see the same
 * @param partition    where it is, or will be once it is due
 * @param offset       where in the partition it is; of a delayed message: where it waits
 * @param recallHandle takes it back while it waits; empty when it does not, or cannot be taken back
 */
public record SendReceipt(String id, Partition partition, long offset, Optional<String> recallHandle) {}
