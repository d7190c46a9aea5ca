package io.ternmq.server.cli;

import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * What every command is given.
 *
 * @param console   where it reads and writes
 * @param clock     the time of day
 * @param nanoClock measures how long something takes
 */
record CommandContext(Console console, EpochClock clock, NanoClock nanoClock) {}
