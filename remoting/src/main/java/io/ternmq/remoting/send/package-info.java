/**
 * Messages coming in. What is expensive about a message is done here, in the event loop of its connection: finding its
 * properties, its checksum, its record. The shard adds the rest and commits.
 */
@NullMarked
package io.ternmq.remoting.send;

import org.jspecify.annotations.NullMarked;
