package io.ternmq.junit;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Applications bring their own JUnit, 5 or 6. */
@AnalyzeClasses(packages = "io.ternmq.junit", importOptions = ImportOption.DoNotIncludeTests.class)
class OlderJUnitTest {

    @ArchTest
    static final ArchRule storesAreUsedAsEveryJUnitHasThem = noClasses()
            .should()
            .callMethodWhere(target(owner(HasName.Predicates.name(ExtensionContext.Store.class.getName())))
                    .and(target(nameMatching("computeIfAbsent|getOrComputeIfAbsent"))));
}
