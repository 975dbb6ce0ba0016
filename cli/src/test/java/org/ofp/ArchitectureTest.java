// SPDX-License-Identifier: Apache-2.0
package org.ofp;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** Who may know whom. */
@AnalyzeClasses(packages = "org.ofp", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static void allModulesAreLookedAt(JavaClasses classes) {
    for (String name :
        new String[] {
          "device", "optics", "kernels", "sim", "cuda.gpu", "tck", "optconv", "models", "cli"
        }) {
      Assertions.assertTrue(
          classes.stream().anyMatch(c -> c.getPackageName().equals("org.ofp." + name)), name);
    }
  }

  @ArchTest
  static final ArchRule deviceApiNeedsTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("org.ofp.device..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("org.ofp.device..", "java..", "jdk.jfr..");

  @ArchTest
  static final ArchRule opticalModelKnowsTheDeviceApiOnly =
      noClasses()
          .that()
          .resideInAPackage("org.ofp.optics..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.ofp..")
                  .and(not(resideInAnyPackage("org.ofp.device..", "org.ofp.optics.."))));

  @ArchTest
  static final ArchRule kernelsKnowNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage("org.ofp.kernels..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.ofp..").and(not(resideInAPackage("org.ofp.kernels.."))));

  @ArchTest
  static final ArchRule backendsKnowNothingAbove =
      noClasses()
          .that()
          .resideInAnyPackage("org.ofp.sim..", "org.ofp.cuda..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.ofp.optconv..", "org.ofp.models..", "org.ofp.cli..");

  @ArchTest
  static final ArchRule backendsDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage("org.ofp.cuda..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.ofp.sim..");

  @ArchTest
  static final ArchRule theSimulatorKnowsNoOtherBackend =
      noClasses()
          .that()
          .resideInAPackage("org.ofp.sim..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.ofp.cuda..");

  @ArchTest
  static final ArchRule cudaStaysAtTheEdgeOfItsBackend =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.ofp.cuda.gpu..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jcuda..", "org.bytedeco.cuda..");

  @ArchTest
  static final ArchRule theConformanceSuiteKnowsTheDeviceApiOnly =
      noClasses()
          .that()
          .resideInAPackage("org.ofp.tck..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.ofp..")
                  .and(not(resideInAnyPackage("org.ofp.device..", "org.ofp.tck.."))));

  @ArchTest
  static final ArchRule convolutionKnowsNoBackendAndNothingAbove =
      noClasses()
          .that()
          .resideInAPackage("org.ofp.optconv..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.ofp.sim..",
              "org.ofp.cuda..",
              "org.ofp.optics..",
              "org.ofp.models..",
              "org.ofp.cli..");

  @ArchTest
  static final ArchRule modelsKnowNoBackend =
      noClasses()
          .that()
          .resideInAPackage("org.ofp.models..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.ofp.sim..", "org.ofp.cuda..", "org.ofp.optics..", "org.ofp.cli..");

  @ArchTest
  static final ArchRule pytorchStaysInItsPlaces =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.ofp.optconv.torch..", "org.ofp.models..", "org.ofp.cli..", "org.ofp.examples..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco.pytorch..");

  @ArchTest
  static final ArchRule noJavaCppInPublicSignatures =
      members()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("org.ofp.device", "org.ofp.kernels", "org.ofp.optconv")
          .should(haveNoJavaCppInTheirSignature());

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("org.ofp.(**)").should().beFreeOfCycles();

  private static ArchCondition<JavaMember> haveNoJavaCppInTheirSignature() {
    return new ArchCondition<>("have no JavaCPP type in their signature") {
      @Override
      public void check(JavaMember member, ConditionEvents events) {
        boolean javaCpp =
            member instanceof JavaCodeUnit unit
                && Stream.concat(
                        unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
                    .anyMatch(type -> type.getPackageName().startsWith("org.bytedeco"));
        if (javaCpp) {
          events.add(SimpleConditionEvent.violated(member, member.getFullName()));
        }
      }
    };
  }
}
