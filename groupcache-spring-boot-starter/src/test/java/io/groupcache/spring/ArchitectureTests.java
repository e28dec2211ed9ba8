package io.groupcache.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

  private static final JavaClasses STARTER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.groupcache.spring");

  @Test
  void featuresDoNotDependOnEachOtherInCircles() {
    slices().matching("io.groupcache.spring.(*)..").should().beFreeOfCycles().check(STARTER);
  }

  @Test
  void peersOverHttpHaveNoCirclesInside() {
    slices().matching("io.groupcache.spring.http.(**)").should().beFreeOfCycles().check(STARTER);
  }

  @Test
  void nobodyImportsTheAutoConfiguration() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..autoconfigure..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.groupcache.spring.autoconfigure..")
        .check(STARTER);
  }

  @Test
  void peersOverHttpKnowNothingOfMetricsOrSecurity() {
    noClasses()
        .that()
        .resideInAPackage("io.groupcache.spring.http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "org.springframework.security..")
        .check(STARTER);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses().should().haveNameMatching(".*(Manager|Helper|Util|Utils|Impl)").check(STARTER);
  }
}
