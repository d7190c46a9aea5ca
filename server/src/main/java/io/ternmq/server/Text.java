package io.ternmq.server;

import java.util.Optional;
import java.util.function.Predicate;

/** Text that passes a check; {@code expectation} says the check in words. */
record Text(Predicate<String> check, String expectation) implements ValueType<String> {

    private static final int NAME_LENGTH_MAX = 127;
    private static final int HOST_LENGTH_MAX = 255;

    /** A name as RocketMQ clients accept it in routes. */
    static Text name() {
        return new Text(
                text -> isMadeOf(text, NAME_LENGTH_MAX, "-_"),
                "1.." + NAME_LENGTH_MAX + " letters, digits, '-' or '_'");
    }

    /** A host name or an IP address, without a port. */
    static Text host() {
        return new Text(text -> isMadeOf(text, HOST_LENGTH_MAX, ".-:%_"), "a host name or an IP address");
    }

    /** The same, or nothing. */
    Text orNothing() {
        return new Text(text -> text.isEmpty() || check.test(text), expectation + ", or nothing");
    }

    static Text path() {
        return new Text(text -> !text.isEmpty() && text.indexOf('\0') < 0, "the path of a folder");
    }

    static Text file() {
        return new Text(text -> !text.isEmpty() && text.indexOf('\0') < 0, "the path of a file");
    }

    @Override
    public Optional<String> parse(String text) {
        return check.test(text) ? Optional.of(text) : Optional.empty();
    }

    private static boolean isMadeOf(String text, int lengthMax, String others) {
        return !text.isEmpty()
                && text.length() <= lengthMax
                && text.chars().allMatch(c -> (c < 128 && Character.isLetterOrDigit(c)) || others.indexOf(c) >= 0);
    }
}
