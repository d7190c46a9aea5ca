package io.ternmq.log;

/** Looks at the tag hash in the index before a message is read. Equal hashes of different tags pass: the exact comparison is the reader's. */
@FunctionalInterface
public interface TagFilter {
    /** Passes everything. */
    TagFilter ALL = tagHash -> true;

    /** @param tagHash 0 when the message has no tag */
    boolean matches(int tagHash);
}
