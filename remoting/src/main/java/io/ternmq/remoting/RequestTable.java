package io.ternmq.remoting;

import io.ternmq.protocol.remoting.NameCache;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.admin.AcknowledgeHandler;
import io.ternmq.remoting.admin.AllOffsetsHandler;
import io.ternmq.remoting.admin.BrokerStatusHandler;
import io.ternmq.remoting.admin.CallConsumerHandler;
import io.ternmq.remoting.admin.CloneOffsetHandler;
import io.ternmq.remoting.admin.ConnectionsHandler;
import io.ternmq.remoting.admin.ConsumeStatsHandler;
import io.ternmq.remoting.admin.ConsumerStatusHandler;
import io.ternmq.remoting.admin.CorrectionHandler;
import io.ternmq.remoting.admin.GroupAdminHandler;
import io.ternmq.remoting.admin.GroupTopicsHandler;
import io.ternmq.remoting.admin.QueueEntriesHandler;
import io.ternmq.remoting.admin.ResetOffsetHandler;
import io.ternmq.remoting.admin.TimeSpanHandler;
import io.ternmq.remoting.admin.TimerMetricsHandler;
import io.ternmq.remoting.admin.TopicAdminHandler;
import io.ternmq.remoting.admin.TopicStatsHandler;
import io.ternmq.remoting.admin.TrafficHandler;
import io.ternmq.remoting.admin.UnsupportedHandler;
import io.ternmq.remoting.assignment.AssignmentHandler;
import io.ternmq.remoting.assignment.RequestModeHandler;
import io.ternmq.remoting.client.ClientCheckHandler;
import io.ternmq.remoting.client.ConsumerListHandler;
import io.ternmq.remoting.client.HeartbeatHandler;
import io.ternmq.remoting.client.LockHandler;
import io.ternmq.remoting.client.UnregisterHandler;
import io.ternmq.remoting.connection.RequestHandler;
import io.ternmq.remoting.lease.InvisibilityHandler;
import io.ternmq.remoting.lease.LeaseEndHandler;
import io.ternmq.remoting.lease.NotificationHandler;
import io.ternmq.remoting.lease.PeekHandler;
import io.ternmq.remoting.lease.PopHandler;
import io.ternmq.remoting.lease.WaitingCountHandler;
import io.ternmq.remoting.offset.CommitOffsetHandler;
import io.ternmq.remoting.offset.QueryOffsetHandler;
import io.ternmq.remoting.offset.QueueRangeHandler;
import io.ternmq.remoting.pull.PullHandler;
import io.ternmq.remoting.query.QueryByKeyHandler;
import io.ternmq.remoting.query.ViewMessageHandler;
import io.ternmq.remoting.route.RouteHandler;
import io.ternmq.remoting.route.SettingHandler;
import io.ternmq.remoting.route.TopicListHandler;
import io.ternmq.remoting.route.WritePermissionHandler;
import io.ternmq.remoting.send.RecallHandler;
import io.ternmq.remoting.send.ReplyHandler;
import io.ternmq.remoting.send.SendBackHandler;
import io.ternmq.remoting.send.SendHandler;
import io.ternmq.remoting.transaction.EndTransactionHandler;
import java.util.HashMap;
import java.util.Map;

/** Which handler answers which request, for one event loop. What is not here is answered 'not supported'. */
final class RequestTable {
    private final Map<Integer, RequestHandler> handlers = new HashMap<>();

    private RequestTable() {}

    static Map<Integer, RequestHandler> forLoop(BrokerAccess access, NameCache names) {
        RequestTable table = new RequestTable();
        table.messages(access, names);
        table.clients(access);
        table.nameServer(access);
        table.topicsAndGroups(access);
        table.operations(access);
        UnsupportedRequests.REASONS.forEach(
                (code, reason) -> table.handlers.putIfAbsent(code, new UnsupportedHandler(reason)));
        return table.handlers;
    }

    private void messages(BrokerAccess access, NameCache names) {
        add(
                new SendHandler(access, names),
                RequestCode.SEND_MESSAGE,
                RequestCode.SEND_MESSAGE_V2,
                RequestCode.SEND_BATCH_MESSAGE);
        add(new SendBackHandler(access), RequestCode.CONSUMER_SEND_MSG_BACK);
        add(new EndTransactionHandler(access), RequestCode.END_TRANSACTION);
        add(new RecallHandler(access), RequestCode.RECALL_MESSAGE);
        add(new ReplyHandler(access, names), RequestCode.SEND_REPLY_MESSAGE, RequestCode.SEND_REPLY_MESSAGE_V2);
        add(new PullHandler(access, names), RequestCode.PULL_MESSAGE, RequestCode.LITE_PULL_MESSAGE);
        leases(access);
        add(new QueryByKeyHandler(access), RequestCode.QUERY_MESSAGE);
        add(new ViewMessageHandler(access), RequestCode.VIEW_MESSAGE_BY_ID);
    }

    private void leases(BrokerAccess access) {
        add(new PopHandler(access), RequestCode.POP_MESSAGE);
        add(new LeaseEndHandler(access), RequestCode.ACK_MESSAGE, RequestCode.BATCH_ACK_MESSAGE);
        add(new InvisibilityHandler(access), RequestCode.CHANGE_MESSAGE_INVISIBLETIME);
        add(new PeekHandler(access), RequestCode.PEEK_MESSAGE);
        add(new NotificationHandler(access), RequestCode.NOTIFICATION);
        add(new WaitingCountHandler(access), RequestCode.POLLING_INFO);
    }

    private void clients(BrokerAccess access) {
        add(new HeartbeatHandler(access), RequestCode.HEART_BEAT);
        add(new UnregisterHandler(access), RequestCode.UNREGISTER_CLIENT);
        add(new ClientCheckHandler(), RequestCode.CHECK_CLIENT_CONFIG);
        add(new LockHandler(access), RequestCode.LOCK_BATCH_MQ, RequestCode.UNLOCK_BATCH_MQ);
        add(new ConsumerListHandler(access.membership()), RequestCode.GET_CONSUMER_LIST_BY_GROUP);
        add(new AssignmentHandler(access), RequestCode.QUERY_ASSIGNMENT);
        add(new RequestModeHandler(access), RequestCode.SET_MESSAGE_REQUEST_MODE);
        add(new QueryOffsetHandler(access), RequestCode.QUERY_CONSUMER_OFFSET);
        add(new CommitOffsetHandler(access), RequestCode.UPDATE_CONSUMER_OFFSET);
        add(
                new QueueRangeHandler(access),
                RequestCode.SEARCH_OFFSET_BY_TIMESTAMP,
                RequestCode.GET_MAX_OFFSET,
                RequestCode.GET_MIN_OFFSET,
                RequestCode.GET_EARLIEST_MSG_STORETIME);
    }

    private void nameServer(BrokerAccess access) {
        add(new RouteHandler(access), RequestCode.GET_ROUTEINFO_BY_TOPIC);
        add(
                new TopicListHandler(access),
                RequestCode.GET_BROKER_CLUSTER_INFO,
                RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER,
                RequestCode.GET_TOPICS_BY_CLUSTER,
                RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_NS,
                RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_BROKER,
                RequestCode.GET_UNIT_TOPIC_LIST,
                RequestCode.GET_HAS_UNIT_SUB_TOPIC_LIST,
                RequestCode.GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST);
        add(
                new SettingHandler(access),
                RequestCode.PUT_KV_CONFIG,
                RequestCode.GET_KV_CONFIG,
                RequestCode.DELETE_KV_CONFIG,
                RequestCode.GET_KVLIST_BY_NAMESPACE);
        add(
                new WritePermissionHandler(access),
                RequestCode.WIPE_WRITE_PERM_OF_BROKER,
                RequestCode.ADD_WRITE_PERM_OF_BROKER);
    }

    private void topicsAndGroups(BrokerAccess access) {
        add(
                new TopicAdminHandler(access),
                RequestCode.UPDATE_AND_CREATE_TOPIC,
                RequestCode.UPDATE_AND_CREATE_TOPIC_LIST,
                RequestCode.DELETE_TOPIC_IN_BROKER,
                RequestCode.GET_TOPIC_CONFIG,
                RequestCode.GET_ALL_TOPIC_CONFIG);
        add(
                new GroupAdminHandler(access),
                RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP,
                RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST,
                RequestCode.DELETE_SUBSCRIPTIONGROUP,
                RequestCode.GET_SUBSCRIPTIONGROUP_CONFIG,
                RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG);
        add(
                new GroupTopicsHandler(access),
                RequestCode.QUERY_TOPIC_CONSUME_BY_WHO,
                RequestCode.QUERY_TOPICS_BY_CONSUMER,
                RequestCode.QUERY_SUBSCRIPTION_BY_CONSUMER);
        add(new TopicStatsHandler(access), RequestCode.GET_TOPIC_STATS_INFO);
        add(new TimeSpanHandler(access), RequestCode.QUERY_CONSUME_TIME_SPAN);
        add(new ConsumeStatsHandler(access), RequestCode.GET_CONSUME_STATS, RequestCode.GET_BROKER_CONSUME_STATS);
        add(new AllOffsetsHandler(access), RequestCode.GET_ALL_CONSUMER_OFFSET);
        add(new CorrectionHandler(access), RequestCode.QUERY_CORRECTION_OFFSET);
        add(new CloneOffsetHandler(access), RequestCode.CLONE_GROUP_OFFSET);
        add(new ResetOffsetHandler(access), RequestCode.INVOKE_BROKER_TO_RESET_OFFSET);
    }

    private void operations(BrokerAccess access) {
        add(
                new ConnectionsHandler(access),
                RequestCode.GET_CONSUMER_CONNECTION_LIST,
                RequestCode.GET_PRODUCER_CONNECTION_LIST,
                RequestCode.GET_ALL_PRODUCER_INFO);
        add(
                new CallConsumerHandler(access),
                RequestCode.GET_CONSUMER_RUNNING_INFO,
                RequestCode.CONSUME_MESSAGE_DIRECTLY);
        add(new ConsumerStatusHandler(access), RequestCode.INVOKE_BROKER_TO_GET_CONSUMER_STATUS);
        add(
                new BrokerStatusHandler(access),
                RequestCode.GET_BROKER_RUNTIME_INFO,
                RequestCode.GET_BROKER_CONFIG,
                RequestCode.UPDATE_BROKER_CONFIG,
                RequestCode.GET_NAMESRV_CONFIG,
                RequestCode.UPDATE_NAMESRV_CONFIG);
        add(new TrafficHandler(access.traffic()), RequestCode.VIEW_BROKER_STATS_DATA);
        add(new QueueEntriesHandler(access), RequestCode.QUERY_CONSUME_QUEUE);
        add(new TimerMetricsHandler(access), RequestCode.GET_TIMER_METRICS);
        add(
                new AcknowledgeHandler(),
                RequestCode.DELETE_TOPIC_IN_NAMESRV,
                RequestCode.REGISTER_TOPIC_IN_NAMESRV,
                RequestCode.CLEAN_EXPIRED_CONSUMEQUEUE,
                RequestCode.CLEAN_UNUSED_TOPIC,
                RequestCode.DELETE_EXPIRED_COMMITLOG);
    }

    private void add(RequestHandler handler, int... codes) {
        for (int code : codes) {
            handlers.put(code, handler);
        }
    }
}
