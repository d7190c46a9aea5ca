/** What a RocketMQ name server answers: routes, lists of topics and brokers, settings. */
@NullMarked
package io.ternmq.remoting.route;

import org.jspecify.annotations.NullMarked;
