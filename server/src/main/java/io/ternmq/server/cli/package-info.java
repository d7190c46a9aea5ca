/**
 * The command line {@code tern}: one small class a command, all of them clients of the wire but {@code server} and
 * {@code log dump}. Results go to standard output (a table, or JSON with {@code --json}), everything said on the way to
 * standard error. Start at {@link io.ternmq.server.cli.Main}.
 */
@NullMarked
package io.ternmq.server.cli;

import org.jspecify.annotations.NullMarked;
