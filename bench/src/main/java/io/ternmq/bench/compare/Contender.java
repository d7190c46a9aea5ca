package io.ternmq.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Something that can be started as a server. */
interface Contender {
    /** As it is called in the results. */
    String name();

    /** Starts with an empty store and returns once clients can connect. */
    Server start(Flush flush) throws IOException, InterruptedException;

    /** Files and folders it takes to run. */
    List<Path> distribution();
}
