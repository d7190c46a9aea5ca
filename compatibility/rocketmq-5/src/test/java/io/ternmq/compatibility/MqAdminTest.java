package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static io.ternmq.compatibility.RocketMqClients.newTopic;
import static io.ternmq.compatibility.RocketMqClients.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What operators do with {@code mqadmin}: the commands themselves, and what they print. */
@SuppressWarnings("deprecation") // the inner clients are where a heartbeat can be hurried
class MqAdminTest {
    private static final String CLUSTER = "DefaultCluster";
    private static final String BROKER = "broker-a";

    private static @Nullable MqAdmin shared;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    private String address = "";

    @BeforeEach
    void startMqAdmin() throws IOException {
        address = mq.address();
        synchronized (MqAdminTest.class) {
            if (shared == null) {
                shared = MqAdmin.start(address);
            }
        }
    }

    @AfterAll
    static void endMqAdmin() {
        if (shared != null) {
            shared.close();
        }
    }

    @Test
    void topicsAreMadeShownChangedAndDeleted() throws IOException {
        String topic = newTopic();
        assertThat(run("updateTopic", "-b", address, "-t", topic, "-r", "4", "-w", "4", "-a", "+message.type=NORMAL"))
                .contains("create topic to " + address + " success");
        assertThat(run("topicList")).contains(topic);
        assertThat(run("topicRoute", "-t", topic)).contains(address, "\"readQueueNums\":4", "\"perm\":6");
        assertThat(run("topicRoute", "-t", topic, "-l")).contains(BROKER);
        assertThat(run("topicClusterList", "-t", topic)).contains(CLUSTER);
        assertThat(run("topicStatus", "-t", topic).lines().filter(line -> line.startsWith(BROKER)))
                .as("all of a new topic's queues are there at once")
                .hasSize(4);
        assertThat(run("updateTopicPerm", "-c", CLUSTER, "-t", topic, "-p", "4"))
                .contains("from 6 to 4");
        assertThat(run("updateTopicPerm", "-b", address, "-t", topic, "-p", "6"))
                .contains("from 4 to 6");
        assertThat(run("allocateMQ", "-t", topic, "-i", "10.0.0.1,10.0.0.2")).contains("10.0.0.1", "\"queueId\":3");
        assertThat(run("updateOrderConf", "-t", topic, "-m", "put", "-v", BROKER + ":4"))
                .contains("success");
        assertThat(run("updateOrderConf", "-t", topic, "-m", "get")).contains(BROKER + ":4");
        assertThat(run("topicRoute", "-t", topic)).contains("\"orderTopicConf\":\"" + BROKER + ":4\"");
        assertThat(run("updateOrderConf", "-t", topic, "-m", "delete")).contains("success");
        assertThat(run("deleteTopic", "-c", CLUSTER, "-t", topic)).contains("from cluster", "success");
        assertThat(run("topicList")).doesNotContain(topic);
    }

    @Test
    void topicsAndGroupsAreMadeFromLists(@TempDir Path folder) throws IOException {
        List<String> names = List.of(newTopic(), newTopic());
        Path topics = Files.writeString(
                folder.resolve("topics.json"),
                "[{\"topicName\":\"%s\",\"readQueueNums\":3,\"writeQueueNums\":3},{\"topicName\":\"%s\",\"perm\":4}]"
                        .formatted(names.toArray()));
        Path groups = Files.writeString(
                folder.resolve("groups.json"),
                "[{\"groupName\":\"%s\",\"retryMaxTimes\":7},{\"groupName\":\"%s\",\"consumeEnable\":false}]"
                        .formatted(names.toArray()));

        assertThat(run("updateTopicList", "-b", address, "-f", topics.toString()))
                .contains("batch of topic config to " + address + " success");
        assertThat(run("updateSubGroupList", "-c", CLUSTER, "-f", groups.toString()))
                .contains("batch of subscription group config to " + address + " success");

        assertThat(run("topicRoute", "-t", names.get(0))).contains("\"readQueueNums\":3", "\"perm\":6");
        assertThat(run("topicRoute", "-t", names.get(1))).contains("\"perm\":4");
        assertThat(run("getConsumerConfig", "-g", names.get(0))).containsPattern("retryMaxTimes\\s+= +7");
        assertThat(run("getConsumerConfig", "-g", names.get(1))).containsPattern("consumeEnable\\s+= +false");
    }

    @Test
    void messagesAreSentFoundAndPrinted() throws Exception {
        String topic = mq.topic(1);
        assertThat(run("sendMessage", "-t", topic, "-p", "hello", "-k", "key-1", "-c", "red"))
                .contains("SEND_OK");
        String sent = run("sendMessage", "-t", topic, "-p", "again", "-k", "key-1", "-b", BROKER, "-i", "0");
        assertThat(sent).contains("SEND_OK");
        String uniqueKey = lastWord(sent);
        mq.messagesOf(topic, 2);
        assertThat(run("queryMsgByKey", "-t", topic, "-k", "key-1")).contains(uniqueKey);
        assertThat(run("queryMsgByUniqueKey", "-t", topic, "-i", uniqueKey)).contains(uniqueKey, "key-1");
        assertThat(run("queryMsgById", "-t", topic, "-i", uniqueKey)).contains(uniqueKey, "key-1", "Body Path");
        assertThat(run("queryMsgByOffset", "-t", topic, "-b", BROKER, "-i", "0", "-o", "0"))
                .contains("key-1", "red");
        assertThat(run("printMsg", "-t", topic, "-d", "true")).contains("BODY: hello", "BODY: again");
        assertThat(run("printMsg", "-t", topic, "-d", "true", "-s", "red"))
                .contains("BODY: hello")
                .doesNotContain("BODY: again");
        assertThat(run("printMsgByQueue", "-t", topic, "-a", BROKER, "-i", "0", "-p", "true", "-d", "true"))
                .contains("BODY: hello", "BODY: again");
        assertThat(run("consumeMessage", "-t", topic, "-b", BROKER, "-i", "0", "-o", "0", "-c", "2"))
                .contains("BODY: hello", "BODY: again");
        assertThat(run("queryCq", "-t", topic, "-q", "0", "-i", "0", "-c", "5")).contains("max: 2, min: 0");
        assertThat(run("queryCq", "-t", topic, "-q", "0", "-i", "1", "-c", "1", "-b", address, "-g", "nobody"))
                .contains("no consumer of the group 'nobody' is there");
        assertThat(run("checkMsgSendRT", "-t", topic, "-a", "3", "-s", "64")).contains("Avg RT");
        assertThat(run("sendMsgStatus", "-b", BROKER, "-c", "2")).contains("SEND_OK");
    }

    @Test
    void aTraceIsFoundByItsMessage() throws Exception {
        String topic = mq.topic(1);
        // the tool ends without waiting for its trace to be stored, so one that is lost is no fault of the server's
        Waiting.soon().untilAsserted(() -> {
            String uniqueKey = lastWord(run("sendMessage", "-t", topic, "-p", "traced", "-k", "k", "-m", "true"));
            assertThat(run("queryMsgTraceById", "-i", uniqueKey)).contains("Pub", "success");
        });
    }

    @Test
    void aRunningGroupIsShownFromAllSides() throws Exception {
        String topic = mq.topic(2);
        String group = newGroup();
        run("updateSubGroup", "-b", address, "-g", group, "-r", "3", "--attributes", "+team=billing");
        assertThat(run("getConsumerConfig", "-g", group)).contains("retryMaxTimes", "3", "team=billing");
        assertThat(run("consumerProgress", "-g", group)).contains("maybe the consumer not online");
        var producer = mq.producer();
        var collected = new Collected();
        var consumer = mq.consume(group, topic, collected);
        SendResult sent = send(producer, topic, "m", 5).get(0);
        collected.awaitCount(5);
        producer.getDefaultMQProducerImpl().getmQClientFactory().sendHeartbeatToAllBrokerWithLock();
        String clientId = consumer.buildMQClientId();

        assertThat(run("consumerConnection", "-g", group)).contains(clientId, topic, "CONSUME_PASSIVELY");
        assertThat(run("consumerStatus", "-g", group)).contains(clientId);
        assertThat(run("consumerStatus", "-g", group, "-i", clientId)).contains("#Consumer MQ Detail#", topic);
        Waiting.soon() // consumers report their offsets every few seconds
                .untilAsserted(
                        () -> assertThat(run("consumerProgress", "-g", group)).contains(topic, "Consume Diff Total: "));
        assertThat(run("consumerProgress", "-g", group, "-s", "true")).contains("127.0.0.1");
        assertThat(run("consumerProgress")).contains(group);
        assertThat(run("producerConnection", "-g", producer.getProducerGroup(), "-t", topic))
                .contains(producer.buildMQClientId());
        assertThat(run("producer", "-b", address)).contains(producer.getProducerGroup());
        assertThat(run("queryMsgById", "-t", topic, "-i", sent.getMsgId(), "-g", group, "-d", clientId))
                .contains("CR_SUCCESS");
        assertThat(run("topicList", "-c")).containsPattern(Pattern.quote(topic) + " +" + Pattern.quote(group));
        assertThat(run("statsAll", "-t", topic))
                .containsPattern(Pattern.quote(group) + " +\\d+ +\\d+\\.\\d+ +\\d+\\.\\d+ +5 +5");
        Waiting.soon()
                .untilAsserted(() ->
                        assertThat(run("brokerConsumeStats", "-b", address)).contains(topic, group));
    }

    @Test
    void aGroupIsToldToTakeByLease() throws Exception {
        String topic = mq.topic(2);
        String group = newGroup();
        assertThat(run("setConsumeMode", "-b", address, "-t", topic, "-g", group, "-m", "POP", "-q", "0"))
                .contains("success");
        var collected = new Collected();
        PopScenario.consume(mq, group, topic, collected);
        send(mq.producer(), topic, "m", 5);
        collected.awaitCount(5);
    }

    @Test
    void offsetsAreResetClonedAndSkipped() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        String clone = newGroup();
        run("updateSubGroup", "-c", CLUSTER, "-g", group);
        run("updateSubGroup", "-c", CLUSTER, "-g", clone);
        send(mq.producer(), topic, "m", 5);
        mq.messagesOf(topic, 5);

        assertThat(run("resetOffsetByTime", "-g", group, "-t", topic, "-s", "now"))
                .contains(BROKER, "5");
        assertThat(run("resetOffsetByTime", "-g", group, "-t", topic, "-s", "now", "-b", address, "-q", "0", "-o", "2"))
                .contains("reset consumer offset to 2");
        assertThat(offset(group, topic)).isEqualTo(2);
        assertThat(run("cloneGroupOffset", "-s", group, "-d", clone, "-t", topic, "-o", "true"))
                .contains("clone group offset success");
        assertThat(offset(clone, topic)).isEqualTo(2);
        assertThat(run("skipAccumulatedMessage", "-g", group, "-t", topic)).contains(BROKER);
        assertThat(offset(group, topic)).isEqualTo(5);

        var collected = new Collected();
        var consumer = mq.consume(group, topic, collected);
        Waiting.soon()
                .until(() -> !RocketMqClients.assignedQueues(consumer, topic).isEmpty());
        run("resetOffsetByTime", "-g", group, "-t", topic, "-s", "0");
        collected.awaitCount(5);
        consumer.shutdown();
        assertThat(run("deleteSubGroup", "-c", CLUSTER, "-g", group, "-r", "true"))
                .contains("success");
        assertThat(run("topicList")).doesNotContain("%RETRY%" + group);
    }

    @Test
    void deadLettersArePrinted() throws Exception {
        String topic = mq.topic(1);
        String group = newGroup();
        DefaultMQPushConsumer consumer = mq.newPushConsumer(group, topic);
        consumer.setMaxReconsumeTimes(0);
        consumer.registerMessageListener(
                (MessageListenerConcurrently) (messages, context) -> ConsumeConcurrentlyStatus.RECONSUME_LATER);
        mq.start(consumer);
        mq.producer().send(new Message(topic, "red", "key-9", "hopeless".getBytes(UTF_8)));
        String deadLetters = "%DLQ%" + group;
        Waiting.soon()
                .untilAsserted(() -> assertThat(run("printMsg", "-t", deadLetters, "-d", "true"))
                        .contains("BODY: hopeless", "DLQ_ORIGIN_TOPIC=" + topic));
        assertThat(run("queryMsgByKey", "-t", deadLetters, "-k", "key-9")).contains("key-9");
    }

    @Test
    void theServerIsShown(@TempDir Path folder) throws Exception {
        send(mq.producer(), mq.topic(1), "m", 1);
        assertThat(run("clusterList")).contains(BROKER, address, "V5_5_0", "true");
        assertThat(run("clusterList", "-m")).contains("InTotalToday", BROKER);
        assertThat(run("brokerStatus", "-b", address)).contains("brokerVersionDesc", "putTps");
        assertThat(run("getBrokerConfig", "-b", address)).contains("brokerName", BROKER);
        assertThat(run("getNamesrvConfig")).contains(address);
        assertThat(run("updateKvConfig", "-s", "tests", "-k", "a", "-v", "b")).contains("success");
        assertThat(run("deleteKvConfig", "-s", "tests", "-k", "a")).contains("success");
        assertThat(run("exportMetadata", "-c", CLUSTER, "-f", folder.toString()))
                .contains("success");
        assertThat(Files.readString(folder.resolve("metadata.json"))).contains("topicConfigTable");
        assertThat(run("exportMetadata", "-b", address, "-t", "-f", folder.toString()))
                .contains("success");
        assertThat(run("exportMetrics", "-c", CLUSTER, "-f", folder.toString())).contains("success");
        assertThat(Files.readString(folder.resolve("metrics.json"))).contains("normalInTps");
        assertThat(run("exportConfigs", "-c", CLUSTER, "-f", folder.toString())).contains("success");
        assertThat(Files.readString(folder.resolve("configs.json"))).contains(BROKER);
        assertThat(run("cleanExpiredCQ", "-b", address)).contains("success");
        assertThat(run("cleanUnusedTopic", "-b", address)).contains("success");
        assertThat(run("deleteExpiredCommitLog", "-b", address)).contains("success");
    }

    @Test
    void whatIsRefusedSaysWhy() throws IOException {
        assertThat(run("updateBrokerConfig", "-b", address, "-k", "flushDiskType", "-v", "ASYNC_FLUSH"))
                .contains("CODE: 16", "settings are changed where it is started");
        assertThat(run("updateNamesrvConfig", "-k", "a", "-v", "b")).contains("CODE: 16");
        assertThat(run("addBroker", "-c", address, "-b", "/none")).contains("CODE: 3", "one process is one broker");
        assertThat(run("removeBroker", "-c", address, "-b", CLUSTER + ":" + BROKER + ":0"))
                .contains("CODE: 3", "one process is one broker");
        assertThat(run("getColdDataFlowCtrInfo", "-b", address)).contains("CODE: 3");
        assertThat(run("listUser", "-b", address)).contains("there are no users");
        assertThat(run("haStatus", "-b", address)).contains("there are no replicas");
        assertThat(run("switchTimerEngine", "-b", address, "-e", "R")).contains("there is one timer engine");
    }

    @Test
    void aServerIsDrainedByTakingItsWritePermission() throws Exception {
        try (ServerProcess server = ServerProcess.start(Map.of());
                MqAdmin mqAdmin = MqAdmin.start(server.address())) {
            mq.connectTo(server.address());
            String topic = mq.topic(2);
            send(mq.producer(), topic, "m", 3);
            assertThat(mqAdmin.run("wipeWritePerm", "-b", BROKER)).contains("OK");
            assertThat(mqAdmin.run("topicRoute", "-t", topic)).contains("\"perm\":4");
            assertThat(mqAdmin.run("sendMessage", "-t", topic, "-p", "late")).contains("No route info");
            assertThat(mq.messagesOf(topic, 3)).hasSize(3);
            assertThat(mqAdmin.run("addWritePerm", "-b", BROKER)).contains("OK");
            assertThat(mqAdmin.run("sendMessage", "-t", topic, "-p", "in time")).contains("SEND_OK");
            mq.closeClients();
        }
    }

    private static String run(String... arguments) throws IOException {
        MqAdmin mqAdmin = shared;
        if (mqAdmin == null) {
            throw new IllegalStateException("mqadmin was not started");
        }
        return mqAdmin.run(arguments);
    }

    private long offset(String group, String topic) throws Exception {
        return mq.admin()
                .examineConsumeStats(group, topic)
                .getOffsetTable()
                .get(mq.onlyQueueOf(topic))
                .getConsumerOffset();
    }

    private static String lastWord(String text) {
        String words = text.strip();
        return words.substring(words.lastIndexOf(' ') + 1);
    }
}
