package io.ternmq.server.cli;

import io.ternmq.log.LogDump;
import io.ternmq.log.storage.DiskDirectory;
import io.ternmq.server.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tern log dump}. */
@Command(
        name = "dump",
        description = {
            "Prints the log in a data folder: entries, their messages and changes of state, and damage. It changes"
                    + " nothing; the server may be running, and then the last entries may be missing.",
            "With --json it prints a line for each: type (entry, message, control, damage), position, and what the type"
                    + " has.",
            "It fails when it finds damage."
        },
        footer = {"", "Examples:", "  tern log dump data", "  tern log dump data --from 1048576 --max 100 --json"})
final class LogDumpCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "DATA_DIR", description = "the server's data folder")
    private Path dataDir = Path.of("");

    @Option(
            names = "--from",
            paramLabel = "POSITION",
            defaultValue = "0",
            description = "begin at this byte of the log")
    private long from;

    @Option(names = "--max", paramLabel = "N", description = "how many lines at most (default: all)")
    private long countMax;

    LogDumpCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Ranges.check("--from", from, 0, Long.MAX_VALUE);
        Ranges.check("--max", countMax, 0, Long.MAX_VALUE);
        Path shard = DataFolder.shard(dataDir);
        if (!Files.isDirectory(shard)) {
            throw new UsageException("DATA_DIR: '" + dataDir + "' (expected: a folder that a server keeps its data in;"
                    + " there is no " + shard + ")");
        }
        var printer =
                new LogDumpPrinter(context.console().out(), common.json(), countMax == 0 ? Long.MAX_VALUE : countMax);
        try (LogDump dump = LogDump.open(DiskDirectory.open(shard))) {
            dump.visit(from, printer);
        }
        return printer.foundDamage() ? ExitStatus.FAILED : ExitStatus.OK;
    }
}
