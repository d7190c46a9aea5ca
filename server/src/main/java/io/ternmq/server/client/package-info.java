/**
 * What a command can ask of a server: send, pull, look messages up, be a member of a group, look after topics and
 * groups. Every class is a thin translation into RocketMQ's requests; connections are shared through
 * {@link io.ternmq.server.client.ServerConnections}.
 *
 * <pre>
 *   commands ──► MessageSender  MessagePuller  MessageSearch  GroupMember  Topics  Groups
 *                     └──────────────┴──────┬──────┴───────────────┴─────────┴───────┘
 *                                   ServerConnections ──► wire
 * </pre>
 */
@NullMarked
package io.ternmq.server.client;

import org.jspecify.annotations.NullMarked;
