package io.ternmq.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessGroupTest {
    private final long ownPid = ProcessHandle.current().pid();

    @Test
    void seesWhatAProcessUses() {
        ProcessGroup own = ProcessGroup.parse(" " + ownPid + ",");
        assertThat(own.pids()).containsExactly(ownPid);
        assertThat(own.cpuSeconds()).isPositive();
        assertThat(own.residentMib()).isGreaterThan(own.anonymousMib());
        assertThat(own.threadCount()).isGreaterThan(1);
    }

    @Test
    void countsEachProcess() {
        assertThat(new ProcessGroup(List.of(ownPid, ownPid)).threadCount()).isGreaterThan(2);
        assertThat(ProcessGroup.parse("").isEmpty()).isTrue();
    }

    @Test
    void saysThatAProcessHasEnded() {
        assertThatThrownBy(() -> ProcessGroup.parse("999999999").cpuSeconds())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("999999999");
    }
}
