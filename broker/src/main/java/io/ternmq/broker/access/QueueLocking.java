package io.ternmq.broker.access;

import io.ternmq.broker.catalog.SettingKey;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.InternalCommand;
import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.StateCommand;
import io.ternmq.broker.member.QueueLocks;
import io.ternmq.broker.member.QueueLocks.GroupQueue;
import io.ternmq.broker.member.QueueLocks.Locked;
import io.ternmq.broker.member.QueueLocks.LockedQueue;
import io.ternmq.broker.record.SettingPut;
import io.ternmq.broker.state.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Locks queues for those who consume them in order, and has the log remember whose they are: a setting each, written where a queue
 * changes hands and before the new holder learns of it. A holder trusts its lock while the server restarts; so after a start those
 * who had queues have them for as long as a lock lasts, and nobody else gets them. Any thread makes the commands.
 */
public final class QueueLocking {
    private static final String NAMESPACE = "TERN_QUEUE_LOCKS";
    private static final String SEPARATOR = " ";

    private final QueueLocks locks;

    QueueLocking(QueueLocks locks) {
        this.locks = locks;
    }

    /**
     * Locks or renews what is free or the client's own already.
     *
     * @param queues each once, of topics that exist
     */
    public Command lock(String group, String clientId, List<LockedQueue> queues, Outcome<Locked> outcome) {
        return new StateCommand<>(true, decision -> decideLock(decision, group, clientId, queues), outcome);
    }

    /** Gives back those of the queues that the client holds; answers how many they were. */
    public Command unlock(String group, String clientId, List<LockedQueue> queues, Outcome<Integer> outcome) {
        return new StateCommand<>(
                true,
                decision -> {
                    decision.requireRoom(Decision.RECORDS_BYTES);
                    List<LockedQueue> freed = locks.unlock(group, clientId, queues);
                    freed.forEach(queue -> forget(decision, new GroupQueue(group, queue)));
                    return freed.size();
                },
                outcome);
    }

    /** Forgets locks that nobody renews. */
    Command removeExpired() {
        return new StateCommand<>(
                true,
                decision -> {
                    decision.requireRoom(Decision.RECORDS_BYTES);
                    List<GroupQueue> expired = locks.removeExpired();
                    expired.forEach(queue -> forget(decision, queue));
                    return expired.size();
                },
                new Ignored<>());
    }

    /** Takes over what the log remembers. */
    Command restore() {
        return new InternalCommand(decision -> decision.state().settings().forEach((key, clientId) -> {
            GroupQueue queue = queue(key);
            if (queue != null) {
                locks.restore(queue, clientId);
            }
        }));
    }

    private Locked decideLock(Decision decision, String group, String clientId, List<LockedQueue> queues) {
        Locked locked = locks.lock(group, clientId, queues);
        Settings settings = decision.state().settings();
        List<LockedQueue> unnoted = new ArrayList<>();
        for (LockedQueue queue : locked.taken()) {
            SettingKey key = key(new GroupQueue(group, queue));
            Optional<SettingPut> noted = settings.decidePut(key, clientId);
            boolean isNew = settings.get(key) == null;
            if (noted.isPresent() && ((isNew && settings.isFull()) || !decision.hasRoom(Decision.RECORDS_BYTES))) {
                unnoted.add(queue);
            } else {
                noted.ifPresent(decision::append);
            }
        }
        return unnoted.isEmpty() ? locked : without(unnoted, locked, group, clientId);
    }

    /** What cannot be remembered is not locked. */
    private Locked without(List<LockedQueue> unnoted, Locked locked, String group, String clientId) {
        List<LockedQueue> unused = locks.unlock(group, clientId, unnoted);
        List<LockedQueue> queues = new ArrayList<>(locked.queues());
        queues.removeAll(unnoted);
        List<LockedQueue> taken = new ArrayList<>(locked.taken());
        taken.removeAll(unnoted);
        return new Locked(queues, taken, true);
    }

    private static void forget(Decision decision, GroupQueue queue) {
        decision.state().settings().decideDelete(key(queue)).ifPresent(decision::append);
    }

    private static SettingKey key(GroupQueue queue) {
        return new SettingKey(
                NAMESPACE,
                queue.group()
                        + SEPARATOR
                        + queue.queue().topic()
                        + SEPARATOR
                        + queue.queue().queueId());
    }

    private static @Nullable GroupQueue queue(SettingKey key) {
        String[] words = key.key().split(SEPARATOR, -1);
        return key.namespace().equals(NAMESPACE) && words.length == 3 && words[2].matches("\\d{1,5}")
                ? new GroupQueue(words[0], new LockedQueue(words[1], Integer.parseInt(words[2])))
                : null;
    }
}
