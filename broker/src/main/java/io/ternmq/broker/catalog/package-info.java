/**
 * What exists in a shard and has a name: topics, consumer groups, settings. Start at {@link
 * io.ternmq.broker.catalog.Catalog}; everything else here is an immutable value.
 */
@NullMarked
package io.ternmq.broker.catalog;

import org.jspecify.annotations.NullMarked;
