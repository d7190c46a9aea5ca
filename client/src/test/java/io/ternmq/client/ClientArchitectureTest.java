package io.ternmq.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/** What may know what in this module. */
@AnalyzeClasses(packages = "io.ternmq.client", importOptions = ImportOption.DoNotIncludeTests.class)
class ClientArchitectureTest {

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.ternmq.client.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyReadsTheTimePastTheClocks = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule theComputersClocksAreHandedOut = noClasses()
            .that()
            .doNotHaveSimpleName("TernProvider")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(SystemEpochClock.class, SystemNanoClock.class);

    @ArchTest
    static final ArchRule onlyConnectionsKnowTheNetwork = noClasses()
            .that()
            .resideOutsideOfPackage("io.ternmq.client.wire")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel..", "io.netty.handler..", "io.netty.bootstrap..");

    @ArchTest
    static final ArchRule theClientKnowsNoServer = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.ternmq.server..",
                    "io.ternmq.broker..",
                    "io.ternmq.remoting..",
                    "io.ternmq.log..",
                    "org.apache..");
}
