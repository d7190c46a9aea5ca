package io.ternmq.remoting.query;

/**
 * Which messages are looked for.
 *
 * @param topic their topic
 * @param key one of their keys, or their unique key
 * @param fromMs stored then or later, in milliseconds since 1970
 * @param toMs stored then or before, in milliseconds since 1970
 * @param countMax at most so many
 */
record KeyQuery(String topic, String key, long fromMs, long toMs, int countMax) {}
