package io.ternmq.remoting;

import io.ternmq.broker.access.CreationRules;
import io.ternmq.remoting.connection.ConnectionLimits;

/**
 * What can be set about the remoting server.
 *
 * @param host the address to listen on
 * @param nameServerPort where clients ask for routes; 0 takes the broker's
 * @param brokerPort where clients send and pull; all requests are answered on it, and on the port two below; 0 takes a
 *     free one
 * @param advertisedHost the address that clients are told
 * @param clusterName the cluster that clients see
 * @param brokerName the broker that clients see; stays the same for ever, since clients name queues by it
 * @param creation what comes into being because a client used it
 * @param limits every bound of the connections
 */
public record RemotingSettings(
        String host,
        int nameServerPort,
        int brokerPort,
        String advertisedHost,
        String clusterName,
        String brokerName,
        CreationRules creation,
        ConnectionLimits limits) {
    /** Where RocketMQ's name server listens. */
    public static final int NAME_SERVER_PORT = 9876;

    /** Where RocketMQ's broker listens. */
    public static final int BROKER_PORT = 10911;

    private static final int PORT_MAX = 65_535;

    /** Checks the ports. */
    public RemotingSettings {
        checkPort("nameServerPort", nameServerPort);
        checkPort("brokerPort", brokerPort);
        if (brokerPort == 1 || brokerPort == 2) {
            throw new IllegalArgumentException("brokerPort: " + brokerPort + " (expected: 3.." + PORT_MAX + ")");
        }
    }

    /** @return the defaults on that address, which is also what clients are told */
    public static RemotingSettings of(String host, int nameServerPort, int brokerPort) {
        return new RemotingSettings(
                host,
                nameServerPort,
                brokerPort,
                host,
                "DefaultCluster",
                "broker-a",
                new CreationRules(true, true),
                ConnectionLimits.DEFAULT);
    }

    /** @return the same with another address for clients */
    public RemotingSettings withAdvertisedHost(String newAdvertisedHost) {
        return new RemotingSettings(
                host, nameServerPort, brokerPort, newAdvertisedHost, clusterName, brokerName, creation, limits);
    }

    /** @return the same with other names */
    public RemotingSettings withNames(String newClusterName, String newBrokerName) {
        return new RemotingSettings(
                host, nameServerPort, brokerPort, advertisedHost, newClusterName, newBrokerName, creation, limits);
    }

    /** @return the same with another rule of what comes into being */
    public RemotingSettings withCreation(CreationRules newCreation) {
        return new RemotingSettings(
                host, nameServerPort, brokerPort, advertisedHost, clusterName, brokerName, newCreation, limits);
    }

    /** @return the same with other bounds */
    public RemotingSettings withLimits(ConnectionLimits newLimits) {
        return new RemotingSettings(
                host, nameServerPort, brokerPort, advertisedHost, clusterName, brokerName, creation, newLimits);
    }

    private static void checkPort(String name, int port) {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException(name + ": " + port + " (expected: 0.." + PORT_MAX + ")");
        }
    }
}
