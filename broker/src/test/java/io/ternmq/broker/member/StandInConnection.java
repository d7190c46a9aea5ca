package io.ternmq.broker.member;

/** Open, from somewhere, and deaf. */
public class StandInConnection implements Connection {
    @Override
    public String remoteAddress() {
        return "somewhere";
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void membersChanged(String group) {}

    @Override
    public void close() {}
}
