package io.ternmq.server.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;

/** A moment on the command line. */
final class TimeArgument {

    private static final List<Function<String, Instant>> FORMS = List.of(
            Instant::parse,
            text -> LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant(),
            text -> LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant());

    private TimeArgument() {}

    /**
     * Reads a moment.
     *
     * @return milliseconds since 1970
     * @throws UsageException when it is none
     */
    static long parse(String option, String text) {
        if (!text.isEmpty() && text.length() <= 18 && text.chars().allMatch(Character::isDigit)) {
            return Long.parseLong(text);
        }
        for (Function<String, Instant> form : FORMS) {
            try {
                return form.apply(text).toEpochMilli();
            } catch (DateTimeParseException anotherForm) {
                // the next one may fit
            }
        }
        throw new UsageException(option + ": '" + text + "' (expected: a time such as 2026-01-31T12:00:00Z,"
                + " 2026-01-31T12:00:00, 2026-01-31, or milliseconds since 1970)");
    }
}
