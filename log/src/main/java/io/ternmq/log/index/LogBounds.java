package io.ternmq.log.index;

/** Between which positions the log may be read. Asked by readers on any thread, so both answers are volatile reads. */
public interface LogBounds {
    /** @return the end of what is committed; entries at or behind it are not shown to readers. Never goes back */
    long committedPosition();

    /** @return the first position that is still in the log; entries before it are gone. Never goes back */
    long startPosition();
}
