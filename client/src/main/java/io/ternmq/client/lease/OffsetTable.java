package io.ternmq.client.lease;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A field of an answer that says something of several queues or messages: {@code mark name number} with {@code ;} between them, where the name
 * is a queue's number, or {@code qo‹queue›%‹offset›} for one message.
 */
final class OffsetTable {

    private final Map<String, Long> numbers = new HashMap<>();

    /** @throws IllegalArgumentException when the text is none */
    static OffsetTable parse(@Nullable String text) {
        OffsetTable table = new OffsetTable();
        if (text != null && !text.isEmpty()) {
            for (String row : text.split(";", -1)) {
                int end = row.lastIndexOf(' ');
                table.numbers.put(row.substring(0, Math.max(0, end)), Long.parseLong(row.substring(end + 1)));
            }
        }
        return table;
    }

    OptionalLong ofQueue(char mark, int queueId) {
        return numbers.isEmpty() ? OptionalLong.empty() : find(mark + " " + queueId);
    }

    OptionalLong ofMessage(char mark, int queueId, long offset) {
        return numbers.isEmpty() ? OptionalLong.empty() : find(mark + " qo" + queueId + '%' + offset);
    }

    private OptionalLong find(String name) {
        Long number = numbers.get(name);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
