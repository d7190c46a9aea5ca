/**
 * The process: what can be set, and what starts and stops in which order.
 *
 * <pre>
 *   defaults &lt; --config FILE &lt; --set key=value &lt; flags
 *        └──────────┬───────────────┘
 *             SettingsReader ──► Settings ──► TernServer.start ──► shard ──► listeners ──► ready
 *                                                             ◄── close: listeners ◄── shard
 * </pre>
 *
 * Start at {@link io.ternmq.server.TernServer}; every setting there is stands in {@link io.ternmq.server.ServerSetting}.
 */
@NullMarked
package io.ternmq.server;

import org.jspecify.annotations.NullMarked;
