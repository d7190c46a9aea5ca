package io.ternmq.server;

import java.util.Optional;

/** {@code true} or {@code false}. */
record YesNo() implements ValueType<Boolean> {

    @Override
    public Optional<Boolean> parse(String text) {
        return switch (text) {
            case "true" -> Optional.of(Boolean.TRUE);
            case "false" -> Optional.of(Boolean.FALSE);
            default -> Optional.empty();
        };
    }

    @Override
    public String expectation() {
        return "true or false";
    }
}
