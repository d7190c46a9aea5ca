package io.ternmq.broker.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.CachedEpochClock;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class RateLimitedLogTest {
    private final CachedEpochClock clock = new CachedEpochClock();
    private final List<String> lines = new ArrayList<>();
    private final RateLimitedLog log = new RateLimitedLog(recorder(), clock);

    @Test
    void oneLineATopicAndPeriodThenACountOfTheRest() {
        log.warn("garbage", "first");
        log.warn("garbage", "second");
        log.warn("busy", "other");
        clock.advance(10_000);
        log.warn("garbage", "third");

        assertThat(lines).containsExactly("first", "other", "third (1 more of the kind were not logged)");
    }

    @Test
    void topicsBeyondTheLimitAreNotLogged() {
        for (int i = 0; i < 2_000; i++) {
            log.warn("topic " + i, "line");
        }

        assertThat(lines).hasSize(1_000);
    }

    private Logger recorder() {
        return new LegacyAbstractLogger() {
            @Override
            protected String getFullyQualifiedCallerName() {
                return "";
            }

            @Override
            protected void handleNormalizedLoggingCall(
                    Level level, Marker marker, String message, Object[] arguments, Throwable throwable) {
                lines.add(MessageFormatter.basicArrayFormat(message, arguments));
            }

            @Override
            public boolean isTraceEnabled() {
                return false;
            }

            @Override
            public boolean isDebugEnabled() {
                return false;
            }

            @Override
            public boolean isInfoEnabled() {
                return true;
            }

            @Override
            public boolean isWarnEnabled() {
                return true;
            }

            @Override
            public boolean isErrorEnabled() {
                return true;
            }
        };
    }
}
