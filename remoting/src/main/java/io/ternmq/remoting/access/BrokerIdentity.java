package io.ternmq.remoting.access;

import io.ternmq.protocol.message.HostAddress;

/**
 * What clients know a broker by.
 *
 * @param clusterName the cluster it belongs to
 * @param brokerName its name; to clients, each shard is a broker
 * @param address host and port that clients are told, as text
 * @param storeHost the same as an address, for records and message ids
 */
public record BrokerIdentity(String clusterName, String brokerName, String address, HostAddress storeHost) {}
