/** What operators' tools ask for: making, changing, listing and deleting topics and groups, statistics, resets. */
@NullMarked
package io.ternmq.remoting.admin;

import org.jspecify.annotations.NullMarked;
