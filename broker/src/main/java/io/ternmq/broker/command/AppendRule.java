package io.ternmq.broker.command;

/** What comes with messages of a kind beside their being appended. On the shard thread. */
public interface AppendRule {
    /** Nothing. */
    AppendRule NONE = new AppendRule() {
        @Override
        public boolean admits(Command command, Decision decision) {
            return true;
        }

        @Override
        public void appended(EncodedMessage message, Decision decision) {}
    };

    /** @return whether the command may append its messages now; where not, the rule has refused it with the reason */
    boolean admits(Command command, Decision decision);

    /** Appends a message that is for that queue: there, unless the rule knows where it waits until then. */
    default void append(EncodedMessage message, int queueNo, Decision decision) {
        decision.append(message, queueNo);
        appended(message, decision);
    }

    /** A message was appended and knows its offset and position; what is decided here is stored with it, or neither is. */
    void appended(EncodedMessage message, Decision decision);
}
