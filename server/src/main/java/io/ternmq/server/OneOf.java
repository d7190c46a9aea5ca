package io.ternmq.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One constant of an enum, written in small letters. */
record OneOf<E extends Enum<E>>(Class<E> constants) implements ValueType<E> {

    @Override
    public Optional<E> parse(String text) {
        return Arrays.stream(constants.getEnumConstants())
                .filter(constant -> word(constant).equals(text))
                .findFirst();
    }

    @Override
    public String expectation() {
        return Arrays.stream(constants.getEnumConstants()).map(OneOf::word).collect(Collectors.joining(" or "));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
