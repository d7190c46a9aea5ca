package io.ternmq.client.send;

import io.ternmq.client.route.Routes;

/**
 * What all sends have in common.
 *
 * @param producerGroup in whose name
 * @param timeoutMs     for an answer
 * @param routes        where partitions are
 */
public record SendTerms(String producerGroup, long timeoutMs, Routes routes) {}
