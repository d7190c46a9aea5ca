/**
 * What the official RocketMQ Java clients expect of a broker, told as scenarios. The same sources are compiled against the
 * 4.x and the 5.x client; what differs between the two is behind {@code ClientGeneration}, which each module brings.
 *
 * <p>Without further settings the scenarios start a TernMQ server process of their own. With {@code -Dternmq.test.address=host:port}
 * they talk to the broker whose name server listens there, which shows whether a scenario is right: Apache RocketMQ passes them too.
 * Scenarios that stop, kill or configure a server need one of our own and are left out then.
 */
@NullMarked
package io.ternmq.compatibility;

import org.jspecify.annotations.NullMarked;
