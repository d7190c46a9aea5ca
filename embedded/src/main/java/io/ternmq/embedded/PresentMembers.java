package io.ternmq.embedded;

import io.ternmq.engine.GroupMember;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is in which group, in this process. Thread-safe. */
final class PresentMembers {

    private final Map<String, Map<GroupMember, Runnable>> groups = new LinkedHashMap<>();

    void joined(String group, GroupMember member, Runnable news) {
        List<Runnable> others;
        synchronized (this) {
            Map<GroupMember, Runnable> members = groups.computeIfAbsent(group, name -> new LinkedHashMap<>());
            others = new ArrayList<>(members.values());
            members.put(member, news);
        }
        others.forEach(Runnable::run);
    }

    void left(String group, GroupMember member) {
        List<Runnable> others;
        synchronized (this) {
            Map<GroupMember, Runnable> members = groups.getOrDefault(group, Map.of());
            if (!members.containsKey(member)) {
                return;
            }
            members.remove(member);
            others = new ArrayList<>(members.values());
            if (members.isEmpty()) {
                groups.remove(group);
            }
        }
        others.forEach(Runnable::run);
    }

    synchronized List<String> of(String group) {
        return groups.getOrDefault(group, Map.of()).keySet().stream()
                .map(GroupMember::name)
                .sorted()
                .toList();
    }
}
