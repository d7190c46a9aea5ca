/**
 * One process: its settings, its life cycle and its command line.
 */
@NullMarked
package io.ternmq.server;

import org.jspecify.annotations.NullMarked;
