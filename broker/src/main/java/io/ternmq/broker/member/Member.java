package io.ternmq.broker.member;

/**
 * A client that belongs to a group.
 *
 * @param clientId what the client calls itself; unique among the members of a group
 * @param language the client's language as a word, for people
 * @param version the client's version as its protocol counts
 * @param connection the way to it
 */
public record Member(String clientId, String language, int version, Connection connection) {}
