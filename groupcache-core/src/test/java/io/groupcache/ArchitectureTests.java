package io.groupcache;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTests {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.groupcache");

  @Test
  void theRulesLookAtTheCoreAndNotAtItsTests() {
    assertThat(CORE.contain(Group.class)).isTrue();
    assertThat(CORE.contain(ArchitectureTests.class)).isFalse();
  }

  @Test
  void theRoomsOfTheEngineHaveNoCycles() {
    slices().matching("io.groupcache.internal.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bounded", "consistenthash", "singleflight"})
  void aLeafPackageIsUsableAlone(String leaf) {
    assertUsesOnly(leaf, leaf);
  }

  /** Both policies find an entry and count its bytes in the same way, so that is in one place. */
  @ParameterizedTest
  @ValueSource(strings = {"lru", "s3fifo"})
  void anEvictionPolicyIsUsableWithWhatAllBoundedCachesHaveInCommon(String policy) {
    assertUsesOnly(policy, "bounded");
  }

  private static void assertUsesOnly(String leaf, String other) {
    String itself = "io.groupcache." + leaf;
    classes()
        .that()
        .resideInAPackage(itself)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(itself, "io.groupcache." + other, "java..", "org.jspecify..")
        .check(CORE);
  }

  @Test
  void theCoreLogsNothing() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.logging..", "org.slf4j..", "org.apache..", "ch.qos.logback..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(System.Logger.class)
        .check(CORE);
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Manager", "Helper", "Util", "Utils", "Impl"})
  void namesSayWhatAClassIs(String suffix) {
    noClasses().should().haveSimpleNameEndingWith(suffix).check(CORE);
  }
}
