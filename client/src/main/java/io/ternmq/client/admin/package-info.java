/** What operators do, asked of all brokers of the cluster. Start at {@link io.ternmq.client.admin.ServerAdmin}. */
@NullMarked
package io.ternmq.client.admin;

import org.jspecify.annotations.NullMarked;
