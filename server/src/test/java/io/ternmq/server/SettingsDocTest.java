package io.ternmq.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Run with {@code -Dtern.docs.write=true} to write the page anew. */
class SettingsDocTest {

    private static final Path PAGE = Path.of("..", "docs", "settings.md");
    private static final String HEAD = """
            # Settings

            Made from `ServerSetting`, the one place where settings are declared; a test compares this page with it.

            Where a value comes from, the later winning: the default, a properties file (`--config FILE`), `--set KEY=VALUE`,
            and the flags `--data`, `--port` (every port), `--host` and `--advertise`. An unknown key or a value out of range
            stops the start with the key, the value and what was expected.

            Sizes are written as `1048576`, `1024KiB` or `1MiB`, durations as `1500`, `1500ms` or `90s`; units are B, KiB, MiB, GiB
            and ms, s, m, h, d.

            | setting | default | expected | what it does |
            |---|---|---|---|
            """;

    @Test
    void pageSaysWhatTheCodeSays() throws IOException {
        String page =
                HEAD + ServerSetting.all().stream().map(SettingsDocTest::row).collect(Collectors.joining());
        if (Boolean.getBoolean("tern.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }

    private static String row(Setting<?> setting) {
        String value = setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`";
        return "| `%s` | %s | %s | %s |%n"
                .formatted(setting.key(), value, setting.type().expectation(), setting.doc());
    }
}
