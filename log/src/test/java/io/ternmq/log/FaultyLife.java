package io.ternmq.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A log that is written, fails and is opened again, several times, beside a model: the list of everything appended. After
 * each opening the log must hold a prefix of the model that has at least everything published, and ends with a command. Bits
 * are flipped and pages become unreadable between two openings: that may cost the records that lie there, and no other.
 */
final class FaultyLife {
    private static final int QUEUES = 3;
    private static final int CONTROL = -1;
    private static final int LOST = -2;
    private static final long RESERVE_BYTES = 64L * 1024 * 1024;
    private static final int BATCH_BYTES_MAX = 12 * 9500;

    /** One record of the model; the last of its command or not. */
    private record Appended(int queueNo, long number, boolean endsCommand) {}

    private final Random random;
    private final LogFixture fixture;
    private final List<Appended> model = new ArrayList<>();
    /** Messages that lie where something is damaged. */
    private final Set<Long> atRisk = new HashSet<>();

    private final LifeDamage damage;
    private final LifeRetention retention;
    private int publishedCount;
    private long nextNumber;
    private long trimmedPosition;

    FaultyLife(long seed) {
        random = new Random(seed);
        fixture = new LogFixture(seed);
        fixture.settings = fixture.settings.withSizes(
                4096 << random.nextInt(4), random.nextInt(4) * 4096, 1 << (6 + random.nextInt(8)));
        long ageMs = 10_000L + random.nextInt(200_000);
        long bytesMax = random.nextBoolean() ? Long.MAX_VALUE : 4096L << random.nextInt(6);
        fixture.settings = fixture.settings
                .withSpace(new LogSettings.Retain(ageMs, bytesMax), RESERVE_BYTES)
                .withReading(random.nextBoolean() ? 0 : 1 << 20, 1024);
        damage = new LifeDamage(random, fixture);
        retention = new LifeRetention(fixture);
    }

    /** @return what was said on the way */
    List<String> run() {
        int rounds = 2 + random.nextInt(3);
        for (int i = 0; i < rounds; i++) {
            open();
            damage();
            write();
            end();
        }
        open();
        fixture.close();
        return fixture.reports;
    }

    private void open() {
        fixture.open();
        retention.opened();
        check();
    }

    /** All is on the disk and checked when it happens. */
    private void damage() {
        switch (random.nextInt(6)) {
            case 0 -> {
                fixture.kill();
                atRisk.addAll(damage.flipBit());
                openDamaged();
            }
            case 1 -> {
                fixture.kill();
                failReads();
            }
            default -> {}
        }
    }

    private void failReads() {
        Set<Long> hit = damage.failReads();
        Set<Long> before = Set.copyOf(atRisk);
        atRisk.addAll(hit);
        fixture.open();
        if (fixture.log.readOnlyReason() == null && random.nextBoolean()) {
            check();
            return; // it stays unreadable while the life goes on
        }
        if (fixture.log.readOnlyReason() == null || random.nextBoolean()) {
            fixture.kill();
            damage.heal();
            atRisk.clear();
            atRisk.addAll(before);
            open();
            return;
        }
        accept();
        List<Long> state = fixture.state.values();
        Set<Long> messages = allMessages();
        fixture.kill();
        damage.heal();
        open();
        assertThat(fixture.state.values()).as("state after another start").isEqualTo(state);
        assertThat(allMessages()).as("messages after another start").containsAll(messages);
    }

    private void openDamaged() {
        fixture.open();
        accept();
        check();
    }

    /** What is gone now stays so. */
    private void accept() {
        fixture.log.acceptDamage();
        Set<Long> state = Set.copyOf(fixture.state.values());
        int[] left = new int[QUEUES];
        for (int queueNo = 0; queueNo < QUEUES; queueNo++) {
            left[queueNo] = (int) fixture.log.queues().maxOffset(queueNo);
        }
        model.replaceAll(record -> isThere(record, state, left) || !atRisk.contains(record.number())
                ? record
                : new Appended(LOST, record.number(), record.endsCommand()));
    }

    private static boolean isThere(Appended record, Set<Long> state, int[] left) {
        return switch (record.queueNo()) {
            case LOST -> false;
            case CONTROL -> state.contains(record.number());
            default -> left[record.queueNo()]-- > 0;
        };
    }

    private Set<Long> allMessages() {
        Set<Long> all = new HashSet<>();
        for (int queueNo = 0; queueNo < QUEUES; queueNo++) {
            all.addAll(fixture.messages(queueNo));
        }
        return all;
    }

    private void write() {
        int steps = random.nextInt(40);
        int failingStep = random.nextInt(4) == 0 ? random.nextInt(steps + 1) : -1;
        try {
            for (int i = 0; i < steps; i++) {
                if (i == failingStep) {
                    injectFailure();
                }
                step();
            }
        } catch (LogFailedException e) {
            assertThat(failingStep)
                    .as("a log that nothing was done to does not fail")
                    .isNotNegative();
            fixture.reports.add("failed");
        }
        assertThat(fixture.failed && failingStep < 0).as("the log failed").isFalse();
        if (atRisk.isEmpty()) {
            assertThat(fixture.log.damageCount()).isZero();
        }
    }

    private void injectFailure() {
        if (random.nextBoolean()) {
            fixture.disk.failWriteAfter(random.nextInt(6));
        } else {
            fixture.disk.failForceAfter(random.nextInt(4));
        }
    }

    private void step() {
        switch (random.nextInt(10)) {
            case 0 -> fixture.maintain();
            case 1 -> fixture.log.workOnCheckpoint(fixture.clock.time());
            case 2 -> checkpoint();
            case 3 -> retain();
            case 4 -> changeCapacity();
            default -> batch();
        }
        fixture.clock.advance(random.nextInt(10_000));
    }

    private void checkpoint() {
        if (random.nextInt(3) == 0) {
            fixture.checkpoint();
        }
    }

    private void retain() {
        long limit = 0;
        if (random.nextInt(3) == 0) {
            limit = fixture.log.endPosition();
            boolean kept = fixture.checkpoint();
            batch();
            boolean another = fixture.log.endPosition() > limit && fixture.checkpoint();
            limit = kept && another ? limit : 0;
        }
        long nowMs = fixture.clock.time();
        long begin = fixture.log.startPosition();
        long position = fixture.log.retentionPosition(nowMs, Long.MAX_VALUE);
        if (position > begin) {
            retention.checkCut(position, nowMs);
        }
        if (atRisk.isEmpty()) {
            retention.checkRest(position, limit, nowMs);
        }
        if (position > begin) {
            trimmedPosition = position; // even when its record's force fails, the record may be there
            fixture.trim(position);
        }
    }

    /** The disk has all the room there is, or next to none but the reserve. */
    private void changeCapacity() {
        boolean full = random.nextBoolean();
        fixture.disk.capacity(
                full ? fixture.disk.usedBytes() + RESERVE_BYTES + random.nextInt(64 * 1024) : Long.MAX_VALUE / 2);
    }

    private void batch() {
        if (!fixture.log.hasRoom(BATCH_BYTES_MAX, false)) {
            return;
        }
        fixture.log.beginBatch(fixture.clock.time());
        int commands = 1 + random.nextInt(4);
        for (int i = 0; i < commands; i++) {
            command();
        }
        long end = fixture.log.write();
        if (random.nextInt(8) == 0) {
            return; // appended, not forced
        }
        fixture.log.force();
        fixture.log.publish(end);
        publishedCount = model.size();
    }

    private void command() {
        fixture.log.beginCommand();
        int records = 1 + random.nextInt(3);
        for (int i = 0; i < records; i++) {
            long number = nextNumber++;
            boolean last = i == records - 1;
            if (random.nextInt(5) == 0) {
                retention.appended(fixture.appendControl(TestState.KIND, number));
                model.add(new Appended(CONTROL, number, last));
            } else {
                int queueNo = random.nextInt(QUEUES);
                retention.appended(
                        fixture.append(queueNo, number, random.nextInt(random.nextInt(10) == 0 ? 9000 : 300)));
                model.add(new Appended(queueNo, number, last));
            }
        }
        fixture.log.endCommand();
    }

    private void end() {
        switch (random.nextInt(3)) {
            case 0 -> fixture.kill();
            case 1 -> fixture.crash();
            default -> closeOrKill();
        }
    }

    private void closeOrKill() {
        try {
            fixture.log.close();
            publishedCount = fixture.failed ? publishedCount : model.size();
        } catch (LogFailedException | java.io.IOException e) {
            fixture.reports.add("close failed");
        }
        fixture.kill();
    }

    /** The log is a prefix of the model, and what it lost was never published. */
    private void check() {
        assertThat(fixture.log.readOnlyReason()).isNull();
        assertThat(fixture.log.startPosition()).isLessThanOrEqualTo(trimmedPosition);
        int count = found();
        assertThat(count).as("records that are left").isGreaterThanOrEqualTo(publishedCount);
        assertThat(count == 0 || model.get(count - 1).endsCommand())
                .as("ends with a whole command")
                .isTrue();
        model.subList(count, model.size()).clear();
        publishedCount = count;
        assertThat(fixture.state.values()).isEqualTo(expected(CONTROL));
        for (int queueNo = 0; queueNo < QUEUES; queueNo++) {
            List<Long> expected = expected(queueNo);
            long min = fixture.log.queues().minOffset(queueNo);
            assertThat(fixture.log.queues().maxOffset(queueNo)).isEqualTo(expected.size());
            List<Long> found = fixture.messages(queueNo);
            List<Long> there = new ArrayList<>(expected.subList((int) min, expected.size()));
            there.removeIf(number -> atRisk.contains(number) && !found.contains(number));
            assertThat(found).isEqualTo(there);
        }
        if (atRisk.isEmpty()) {
            assertThat(fixture.log.damageCount()).isZero();
        }
    }

    /** @return how long a prefix of the model is there */
    private int found() {
        long total = fixture.state.values().size();
        for (int queueNo = 0; queueNo < QUEUES; queueNo++) {
            total += fixture.log.queues().maxOffset(queueNo);
        }
        int count = 0;
        while (count < model.size() && (total > 0 || model.get(count).queueNo() == LOST)) {
            total -= model.get(count).queueNo() == LOST ? 0 : 1;
            count++;
        }
        return count + (int) total;
    }

    private List<Long> expected(int queueNo) {
        return model.stream()
                .filter(record -> record.queueNo() == queueNo)
                .map(Appended::number)
                .toList();
    }
}
