/**
 * Messages going out. What is likely in memory is read in the event loop of the connection, the rest by reader threads;
 * records are sent as they lie in the log. A pull that finds nothing waits as an object of the shard, without a thread.
 */
@NullMarked
package io.ternmq.remoting.pull;

import org.jspecify.annotations.NullMarked;
