/**
 * Which queues of a topic a consumer gets that leaves this to the server, and whether it pulls them by offset or takes their
 * messages by lease. Start at {@link io.ternmq.remoting.assignment.AssignmentHandler}.
 */
@NullMarked
package io.ternmq.remoting.assignment;

import org.jspecify.annotations.NullMarked;
