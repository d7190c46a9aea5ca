package io.ternmq.log;

import java.io.IOException;

/** Deletes segments that retention has given up, and cuts the zeros behind those that are full. Maintenance thread. */
final class SegmentDeletion implements Maintenance.Task {
    private final SegmentFiles files;
    private final LogListener listener;
    private long cutEnd;

    SegmentDeletion(SegmentFiles files, LogListener listener) {
        this.files = files;
        this.listener = listener;
    }

    @Override
    public boolean work(long nowMs) throws IOException {
        boolean worked = false;
        for (Segment segment : files.all()) {
            if (segment.sealed() && segment.begin() >= cutEnd) {
                segment.cutFill();
                cutEnd = segment.end();
                worked = true;
            }
        }
        Segment retired = files.pollRetired();
        if (retired == null) {
            return worked;
        }
        String name = Segment.name(retired.begin());
        retired.close();
        files.directory().delete(name);
        listener.segmentDeleted(name);
        return true;
    }
}
