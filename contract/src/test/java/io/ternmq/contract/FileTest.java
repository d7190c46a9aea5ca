package io.ternmq.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.Message;
import io.ternmq.TernMQ;
import io.ternmq.TernMQBuilder;
import io.ternmq.UnavailableException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A queue in a folder. */
class FileTest extends MessagingContract {

    @Override
    TernMQBuilder queue() {
        return TernMQ.at("file:" + folder.resolve("data"));
    }

    @Test
    void whatWasSentIsThereAfterTheNextOpening() {
        mq.send(Message.to("kept").body("x"));
        mq.close();
        mq = queue().open();
        List<String> received = new CopyOnWriteArrayList<>();
        mq.consumer("reader")
                .on("kept", message -> received.add(message.text()))
                .start();
        await().untilAsserted(() -> assertThat(received).containsExactly("x"));
    }

    @Test
    void aFolderHasOneOwnerWhoIsNamed() {
        assertThatThrownBy(() -> queue().open())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("process " + ProcessHandle.current().pid());
    }

    @Test
    void aSettingThatDoesNotExistIsRefusedWithThoseThatDo() {
        assertThatThrownBy(() -> TernMQ.at("file:" + folder.resolve("other"))
                        .set("flsh", "async")
                        .open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'flsh'")
                .hasMessageContaining("flush");
    }
}
