package io.ternmq.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.server.FlushMode;
import io.ternmq.server.ServerSetting;
import io.ternmq.server.SettingException;
import io.ternmq.server.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerArgumentsTest {

    @TempDir
    private Path folder;

    @Test
    void listensOnTheClassicPortsOfLoopbackByDefault() {
        Settings settings = parse();
        assertThat(settings.get(ServerSetting.NAME_SERVER_PORT)).isEqualTo(9876);
        assertThat(settings.get(ServerSetting.BROKER_PORT)).isEqualTo(10911);
        assertThat(settings.get(ServerSetting.HOST)).isEqualTo("127.0.0.1");
        assertThat(settings.get(ServerSetting.DATA_DIR)).isEqualTo("data");
    }

    @Test
    void putsEverythingOnTheOnePortThatIsAskedFor() {
        Settings settings = parse("--port", "7000");
        assertThat(settings.get(ServerSetting.NAME_SERVER_PORT)).isEqualTo(7000);
        assertThat(settings.get(ServerSetting.BROKER_PORT)).isEqualTo(7000);
    }

    @Test
    void listensWhereAskedAndTellsClientsAnotherAddress() {
        Settings settings = parse("--host", "0.0.0.0", "--advertise", "127.0.0.2");
        assertThat(settings.get(ServerSetting.HOST)).isEqualTo("0.0.0.0");
        assertThat(settings.get(ServerSetting.ADVERTISE)).isEqualTo("127.0.0.2");
    }

    @Test
    void letsFlagsWinOverSetAndSetOverTheFileInAnyOrder() throws IOException {
        Path file =
                Files.writeString(folder.resolve("t.properties"), "flush.mode=async\ndata.dir=a\nbroker.name=file\n");
        Settings settings =
                parse("--data=c", "--set", "data.dir=b", "--set=broker.name=set", "--config", file.toString());
        assertThat(settings.get(ServerSetting.DATA_DIR)).isEqualTo("c");
        assertThat(settings.get(ServerSetting.BROKER_NAME)).isEqualTo("set");
        assertThat(settings.get(ServerSetting.FLUSH)).isEqualTo(FlushMode.ASYNC);
    }

    @Test
    void namesAnUnknownFlag() {
        assertThatThrownBy(() -> parse("--prot", "1"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("unknown option '--prot' (expected: --data, --port,");
    }

    @Test
    void namesAFlagWithoutItsValue() {
        assertThatThrownBy(() -> parse("--port"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--port: '' (expected: a value)");
    }

    @Test
    void namesASetWithoutAKey() {
        assertThatThrownBy(() -> parse("--set", "async"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--set: 'async' (expected: key=value)");
    }

    @Test
    void namesTheFlagWhoseValueIsWrong() {
        assertThatThrownBy(() -> parse("--port", "70000"))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "nameserver.port: '70000' (expected: a number, 3..65535, or 0 for the same as broker.port) in --port");
    }

    @Test
    void helpListsEveryFlagAndSetting() {
        String help = ServerHelp.text();
        assertThat(ServerFlag.values()).allSatisfy(flag -> assertThat(help).contains(flag.flag()));
        assertThat(ServerSetting.all()).allSatisfy(setting -> assertThat(help).contains(setting.key()));
        assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    private static Settings parse(String... arguments) {
        return ServerArguments.parse(List.of(arguments)).settings();
    }
}
