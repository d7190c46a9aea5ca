package io.ternmq.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

    @TempDir
    private Path folder;

    private final SettingsReader reader = new SettingsReader();

    @Test
    void hasADefaultForEverything() {
        Settings settings = reader.settings();
        assertThat(ServerSetting.all())
                .allSatisfy(
                        setting -> assertThat((Object) settings.get(setting)).isNotNull());
        assertThat(settings.get(ServerSetting.HOST)).isEqualTo("127.0.0.1");
        assertThat(settings.get(ServerSetting.FLUSH)).isEqualTo(FlushMode.SYNC);
    }

    @Test
    void letsWhatIsReadLaterWin() throws IOException {
        reader.file(write("broker.port = 1000\nflush.mode=async\n")).text("broker.port", " 2000 ", "--set");
        assertThat(reader.settings().get(ServerSetting.BROKER_PORT)).isEqualTo(2000);
        assertThat(reader.settings().get(ServerSetting.FLUSH)).isEqualTo(FlushMode.ASYNC);
    }

    @Test
    void namesTheNearestKeyWhenOneIsMisspelt() {
        assertThatThrownBy(() -> reader.text("broker.prot", "1", "--set"))
                .isInstanceOf(SettingException.class)
                .hasMessage("unknown setting 'broker.prot' in --set (did you mean 'broker.port'?)");
    }

    @Test
    void namesKeyValueExpectationAndFileOfAWrongValue() throws IOException {
        Path file = write("broker.port=seventy\n");
        assertThatThrownBy(() -> reader.file(file))
                .isInstanceOf(SettingException.class)
                .hasMessage("broker.port: 'seventy' (expected: a number, 3..65535, or 0 for any free one) in " + file);
    }

    @Test
    void namesAFileThatCannotBeRead() {
        Path missing = folder.resolve("missing.properties");
        assertThatThrownBy(() -> reader.file(missing))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("--config: '" + missing + "' (expected: a properties file in UTF-8)");
    }

    @Test
    void knowsEveryKeyOnlyOnce() {
        assertThat(ServerSetting.keys()).doesNotHaveDuplicates();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("tern.properties"), text);
    }
}
