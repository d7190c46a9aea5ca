package io.ternmq;

/** What became of a delayed message that was to be taken back. */
public enum RecallResult {
    /** It is never delivered. */
    CANCELLED,
    /** It is too late: it has been delivered to its topic. */
    DELIVERED,
    /** The queue does not know it: it never was there, or was cancelled or delivered long ago. */
    UNKNOWN
}
