package io.ternmq.grpc;

import static io.ternmq.grpc.GrpcFixture.GROUP;
import static io.ternmq.grpc.GrpcFixture.TOPIC;
import static io.ternmq.grpc.GrpcFixture.message;
import static io.ternmq.grpc.GrpcFixture.messages;
import static io.ternmq.grpc.GrpcFixture.receive;
import static io.ternmq.grpc.GrpcFixture.resource;
import static io.ternmq.grpc.GrpcFixture.seconds;
import static io.ternmq.grpc.GrpcFixture.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import apache.rocketmq.v2.AckMessageEntry;
import apache.rocketmq.v2.AckMessageRequest;
import apache.rocketmq.v2.ChangeInvisibleDurationRequest;
import apache.rocketmq.v2.ChangeInvisibleDurationResponse;
import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.MessagingServiceGrpc;
import apache.rocketmq.v2.ReceiveMessageRequest;
import apache.rocketmq.v2.ReceiveMessageResponse;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that are received: when, and what becomes of them. */
class ReceiveTest {
    private static final Duration A_MOMENT = Duration.ofMillis(300);

    private GrpcFixture fixture;

    @BeforeEach
    void start(@TempDir Path folder) {
        fixture = new GrpcFixture(folder);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static Code codeOf(HeldAnswer<ReceiveMessageResponse> answer) {
        return answer.whole().get(0).getStatus().getCode();
    }

    private HeldAnswer<ReceiveMessageResponse> begin(ReceiveMessageRequest request, long deadlineMs) {
        HeldAnswer<ReceiveMessageResponse> answer = new HeldAnswer<>();
        MessagingServiceGrpc.newStub(fixture.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(GrpcFixture.headers("waiting")))
                .withDeadlineAfter(deadlineMs, TimeUnit.MILLISECONDS)
                .receiveMessage(request, answer);
        return answer;
    }

    /** @return how far the clock was turned until the answer came */
    private long heldMs(HeldAnswer<ReceiveMessageResponse> answer) {
        await().pollInterval(Duration.ofMillis(10)).until(() -> {
            fixture.clock.advance(100);
            return answer.isWhole();
        });
        return fixture.clock.time() - GrpcFixture.START_MS;
    }

    @Test
    void whoDoesNotSayHowLongToWaitIsHeldForTwentySeconds() {
        HeldAnswer<ReceiveMessageResponse> answer =
                begin(receive().clearLongPollingTimeout().build(), 60_000);

        assertThat(heldMs(answer)).isBetween(20_000L, 50_000L);
        assertThat(codeOf(answer)).isEqualTo(Code.MESSAGE_NOT_FOUND);
    }

    @Test
    void whoIsHeldGetsWhatComes() {
        HeldAnswer<ReceiveMessageResponse> answer =
                begin(receive().clearLongPollingTimeout().build(), 60_000);
        await().during(A_MOMENT).until(answer::isHeld);

        assertThat(fixture.client().sendMessage(send(message("x"))).getStatus().getCode())
                .isEqualTo(Code.OK);

        assertThat(codeOf(answer)).isEqualTo(Code.OK);
    }

    @Test
    void whoIsHeldIsAnsweredBeforeItGivesUp() {
        HeldAnswer<ReceiveMessageResponse> answer =
                begin(receive().clearLongPollingTimeout().build(), 8_000);

        assertThat(heldMs(answer)).isBetween(5_000L, 19_000L);
        assertThat(codeOf(answer)).isEqualTo(Code.MESSAGE_NOT_FOUND);
    }

    @Test
    void whoSaysThatItDoesNotWaitIsAnsweredAtOnce() {
        assertThat(codeOf(begin(receive().build(), 60_000))).isEqualTo(Code.MESSAGE_NOT_FOUND);
    }

    private List<Message> received(ReceiveMessageRequest.Builder request) {
        return messages(fixture.client().receiveMessage(request.build()));
    }

    private static String handle(Message message) {
        return message.getSystemProperties().getReceiptHandle();
    }

    private static int attempt(Message message) {
        return message.getSystemProperties().getDeliveryAttempt();
    }

    private Code acknowledged(String handle) {
        return fixture.client()
                .ackMessage(AckMessageRequest.newBuilder()
                        .setTopic(resource(TOPIC))
                        .setGroup(resource(GROUP))
                        .addEntries(AckMessageEntry.newBuilder().setReceiptHandle(handle))
                        .build())
                .getStatus()
                .getCode();
    }

    private ChangeInvisibleDurationResponse changed(String handle, long invisibleSeconds) {
        return fixture.client()
                .changeInvisibleDuration(ChangeInvisibleDurationRequest.newBuilder()
                        .setTopic(resource(TOPIC))
                        .setGroup(resource(GROUP))
                        .setReceiptHandle(handle)
                        .setInvisibleDuration(seconds(invisibleSeconds))
                        .build());
    }

    private Message held() {
        assertThat(fixture.client().sendMessage(send(message("x"))).getStatus().getCode())
                .isEqualTo(Code.OK);
        return received(receive()).get(0);
    }

    private Message heldAgain(ReceiveMessageRequest.Builder request) {
        List<Message> again = new ArrayList<>();
        await().until(() -> {
            fixture.clock.advance(1_000);
            again.addAll(received(request));
            return !again.isEmpty();
        });
        return again.get(0);
    }

    @Test
    void theHandleOfAMessageThatSomebodyElseWasGivenIsWorthNothing() {
        Message first = held();

        Message second = heldAgain(receive());

        assertThat(attempt(second)).isEqualTo(2);
        assertThat(acknowledged(handle(first))).isEqualTo(Code.INVALID_RECEIPT_HANDLE);
        assertThat(changed(handle(first), 30).getStatus().getCode()).isEqualTo(Code.INVALID_RECEIPT_HANDLE);
        assertThat(acknowledged(handle(second))).isEqualTo(Code.OK);
    }

    @Test
    void aHandleThatWasRenewedIsWorthNothingAndTheNewOneCounts() {
        Message first = held();

        ChangeInvisibleDurationResponse renewed = changed(handle(first), 60);

        assertThat(renewed.getStatus().getCode()).isEqualTo(Code.OK);
        fixture.clock.advance(31_000);
        assertThat(received(receive())).isEmpty();
        assertThat(acknowledged(handle(first))).isEqualTo(Code.INVALID_RECEIPT_HANDLE);
        assertThat(acknowledged(renewed.getReceiptHandle())).isEqualTo(Code.OK);
        fixture.clock.advance(60_000);
        assertThat(received(receive())).isEmpty();
    }

    @Test
    void anAttemptThatComesAgainGetsTheSameMessagesAndDoesNotCount() {
        for (String body : List.of("a", "b")) {
            assertThat(fixture.client()
                            .sendMessage(send(message(body)))
                            .getStatus()
                            .getCode())
                    .isEqualTo(Code.OK);
        }
        ReceiveMessageRequest.Builder request = receive().setAttemptId("attempt-1");
        List<Message> first = received(request);
        fixture.clock.advance(1_000);

        List<Message> again = received(request);

        assertThat(again)
                .extracting(message -> message.getSystemProperties().getMessageId())
                .containsExactlyInAnyOrderElementsOf(first.stream()
                        .map(message -> message.getSystemProperties().getMessageId())
                        .toList())
                .hasSize(2);
        assertThat(again).extracting(ReceiveTest::attempt).containsOnly(1);
        first.forEach(message -> assertThat(acknowledged(handle(message))).isEqualTo(Code.INVALID_RECEIPT_HANDLE));
        again.forEach(message -> assertThat(acknowledged(handle(message))).isEqualTo(Code.OK));
        assertThat(received(receive().setAttemptId("attempt-2"))).isEmpty();
    }
}
