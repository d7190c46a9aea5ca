package io.ternmq.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolTest {

    @Test
    void librariesStandInThePlaceOfThoseThatAreNamedAlike(@TempDir Path folder) throws IOException {
        Path netty = Files.createFile(folder.resolve("netty-buffer-2.jar"));
        Files.createFile(folder.resolve("agrona-2.jar"));
        String classPath = String.join(File.pathSeparator, "/a/netty-buffer-1.jar", "/a/bench.jar", "/a/agrona-1.jar");
        Tool tool = new Tool(folder, classPath).with(folder, "netty-");
        assertThat(tool.classPath())
                .isEqualTo(String.join(File.pathSeparator, netty.toString(), "/a/bench.jar", "/a/agrona-1.jar"));
    }
}
