package io.ternmq.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test method a queue of its own, in memory: declare a parameter of type {@link io.ternmq.TernMQ}, and one of type
 * {@link TestClock} to turn its clock. The queue is closed behind the test.
 *
 * <pre>{@code
 * @WithTernMQ
 * class ReminderTest {
 *     @Test
 *     void remindsAfterADay(TernMQ mq, TestClock clock) {
 *         mq.send(Message.to("reminders").body("pay").delay(Duration.ofDays(1)));
 *         clock.advance(Duration.ofDays(1));
 *         …
 *     }
 * }
 * }</pre>
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TernMQExtension.class)
public @interface WithTernMQ {}
