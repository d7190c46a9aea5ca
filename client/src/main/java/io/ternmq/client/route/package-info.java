/** Where the partitions of topics are: asked of name servers, remembered, asked again. Start at {@link io.ternmq.client.route.Routes}. */
@NullMarked
package io.ternmq.client.route;

import org.jspecify.annotations.NullMarked;
