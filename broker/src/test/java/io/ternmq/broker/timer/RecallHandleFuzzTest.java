package io.ternmq.broker.timer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Whatever text comes: a handle, or none. */
class RecallHandleFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void handlesFromOutside(byte[] bytes) {
        decode(new String(bytes, StandardCharsets.UTF_8));
        decode(Base64.getUrlEncoder().encodeToString(bytes));
    }

    @Property
    void anyText(@ForAll String text, @ForAll @Size(max = 60) byte[] bytes) {
        decode(text);
        decode(Base64.getUrlEncoder().encodeToString(bytes));
        decode(Base64.getUrlEncoder().encodeToString(("v1 orders broker-a " + text).getBytes(StandardCharsets.UTF_8)));
    }

    @Property
    void aHandleIsReadAsItWasWritten(
            @ForAll @CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 20) String name,
            @ForAll long dueMs,
            @ForAll String uniqueKey) {
        String key = new String(uniqueKey.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        RecallHandle handle = new RecallHandle(name, new TimerKey(name, key, dueMs));
        assertThat(RecallHandle.decode(handle.encode())).isEqualTo(handle);
    }

    private static void decode(String text) {
        RecallHandle handle = RecallHandle.decode(text);
        if (handle != null) {
            assertThat(RecallHandle.decode(handle.encode())).isEqualTo(handle);
        }
    }
}
