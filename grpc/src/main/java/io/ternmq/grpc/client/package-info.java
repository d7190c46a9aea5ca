/**
 * Who calls: telemetry streams, the settings that clients are given over them, and how clients say that they are there.
 * Start at {@link io.ternmq.grpc.client.TelemetryMethod}.
 */
@NullMarked
package io.ternmq.grpc.client;

import org.jspecify.annotations.NullMarked;
