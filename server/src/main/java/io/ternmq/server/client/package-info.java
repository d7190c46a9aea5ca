/**
 * What commands ask of servers that the API has no word for, and messages as operators see them: with all that the server noted on them. Everything
 * goes through the client library: its connections, routes, offsets, reading and sending, its place in a group.
 *
 * <pre>
 *   commands ──► MessageSender  MessageSearch  DeadLetters  Redriver  GroupMember  Topics  Groups
 *                     └──────────────┴──────┬──────┴───────────┴─────────┴───────────┴───────┘
 *                                        Servers ──► module client
 * </pre>
 *
 * Start at {@link io.ternmq.server.client.Servers}.
 */
@NullMarked
package io.ternmq.server.client;

import org.jspecify.annotations.NullMarked;
