package io.ternmq;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Set;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/** What may know what. A new arrow between packages is a change of this file, and so a thing to talk about. */
@AnalyzeClasses(
        packages = "io.ternmq",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {
    /** Fixtures that one module's tests lend to another's come as a jar once the modules are packaged. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    /** These put everything together and hand out the computer's clocks; all else is given one, so that a test can turn it. */
    private static final Set<String> HANDING_OUT_CLOCKS = Set.of(
            "io.ternmq.server.TernServer",
            "io.ternmq.server.cli.Main",
            "io.ternmq.embedded.RealTime",
            "io.ternmq.client.TernProvider");

    /** These talk to the person at the terminal. */
    private static final String[] TALKING = {"io.ternmq.server.cli..", "io.ternmq.bench.."};

    /** Classes that are extended, and whose methods are not abstract. Empty is best. */
    private static final Set<String> OPEN_CLASSES = Set.of();

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.ternmq.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule modulesPointDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("api")
            .definedBy("io.ternmq", "io.ternmq.spi")
            .layer("engine")
            .definedBy("io.ternmq.engine..", "io.ternmq.runtime..")
            .layer("embedded")
            .definedBy("io.ternmq.embedded..")
            .layer("client")
            .definedBy("io.ternmq.client..")
            .layer("junit")
            .definedBy("io.ternmq.junit..")
            .layer("protocol")
            .definedBy("io.ternmq.protocol..")
            .layer("log")
            .definedBy("io.ternmq.log..")
            .layer("broker")
            .definedBy("io.ternmq.broker..")
            .layer("remoting")
            .definedBy("io.ternmq.remoting..")
            .layer("grpc")
            .definedBy("io.ternmq.grpc..")
            .layer("server")
            .definedBy("io.ternmq.server..")
            .layer("bench")
            .definedBy("io.ternmq.bench..")
            .whereLayer("api")
            .mayNotAccessAnyLayer()
            .whereLayer("engine")
            .mayOnlyAccessLayers("api")
            .whereLayer("embedded")
            .mayOnlyAccessLayers("engine", "api", "broker", "log", "protocol")
            .whereLayer("client")
            .mayOnlyAccessLayers("engine", "api", "protocol")
            .whereLayer("junit")
            .mayOnlyAccessLayers("embedded", "engine", "api")
            .whereLayer("protocol")
            .mayNotAccessAnyLayer()
            .whereLayer("log")
            .mayOnlyAccessLayers("protocol")
            .whereLayer("broker")
            .mayOnlyAccessLayers("log", "protocol")
            .whereLayer("remoting")
            .mayOnlyAccessLayers("broker", "log", "protocol")
            .whereLayer("grpc")
            .mayOnlyAccessLayers("broker", "log", "protocol")
            .whereLayer("server")
            .mayOnlyAccessLayers("client", "engine", "api", "remoting", "grpc", "broker", "log", "protocol")
            .whereLayer("bench")
            .mayOnlyAccessLayers("server", "remoting", "grpc", "embedded", "api", "broker", "log", "protocol");

    /** What answers clients shall not begin to ask others by itself. */
    @ArchTest
    static final ArchRule onlyCommandsUseTheClient = noClasses()
            .that()
            .resideInAPackage("io.ternmq.server")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.ternmq.client..", "io.ternmq.server.client..");

    @ArchTest
    static final ArchRule theShardKnowsNeitherNetworkNorFiles = noClasses()
            .that()
            .resideInAPackage("io.ternmq.broker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "java.nio.channels..", "java.nio.file..");

    @ArchTest
    static final ArchRule theLogKnowsNoNetwork = noClasses()
            .that()
            .resideInAPackage("io.ternmq.log..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..");

    @ArchTest
    static final ArchRule nobodyReadsTheTimePastTheClocks = noClasses()
            .that()
            .resideOutsideOfPackage("io.ternmq.bench..")
            .should()
            .callMethodWhere(readsTheTime());

    @ArchTest
    static final ArchRule theComputersClocksAreHandedOut = noClasses()
            .that(are(not(oneOf(HANDING_OUT_CLOCKS))))
            .and()
            .resideOutsideOfPackage("io.ternmq.bench..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(SystemEpochClock.class, SystemNanoClock.class);

    @ArchTest
    static final ArchRule classesAreFinalOrMeantToBeExtended = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .areNotAssignableTo(Throwable.class)
            .and(are(not(oneOf(OPEN_CLASSES))))
            .and(are(not(nameEndingIn("package-info"))))
            .should()
            .haveModifier(JavaModifier.FINAL)
            .orShould()
            .haveModifier(JavaModifier.ABSTRACT)
            .orShould()
            .beEnums();

    @ArchTest
    static final ArchRule namesSayWhatAClassIs = noClasses()
            .that()
            .areTopLevelClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Info");

    @ArchTest
    static final ArchRule onlyTheCommandLineTalksToTheTerminal = noClasses()
            .that()
            .resideOutsideOfPackages(TALKING)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule logsGoThroughSlf4j = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.ternmq.grpc.LostWrites") // gRPC logs there
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..");

    private static DescribedPredicate<JavaClass> oneOf(Set<String> names) {
        return describe(
                "one of " + names,
                type -> names.contains(type.getName())
                        || type.getEnclosingClass()
                                .map(outer -> names.contains(outer.getName()))
                                .orElse(false));
    }

    private static DescribedPredicate<JavaClass> nameEndingIn(String end) {
        return describe("named …" + end, type -> type.getName().endsWith(end));
    }

    private static DescribedPredicate<JavaCall<?>> readsTheTime() {
        Set<String> calendars = Set.of(
                Instant.class.getName(),
                LocalDate.class.getName(),
                LocalTime.class.getName(),
                LocalDateTime.class.getName(),
                OffsetDateTime.class.getName(),
                ZonedDateTime.class.getName());
        return describe("a read of the time", call -> {
            String type = call.getTargetOwner().getName();
            String method = call.getTarget().getName();
            return switch (method) {
                case "currentTimeMillis", "nanoTime" -> type.equals(System.class.getName());
                case "now" -> calendars.contains(type);
                case "systemUTC", "systemDefaultZone", "system" -> type.equals(Clock.class.getName());
                default -> false;
            };
        });
    }
}
