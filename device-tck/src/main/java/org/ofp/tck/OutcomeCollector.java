// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.ofp.device.DeviceException;

/** Turns the events of the test launcher into outcomes of rules. */
final class OutcomeCollector implements TestExecutionListener {
  private final List<SpecRule> rules;
  private final TckListener listener;
  private final Map<String, RuleOutcome> tested = new HashMap<>();
  private final Map<String, Long> started = new HashMap<>();
  private String obstacle = "its test did not run";

  OutcomeCollector(List<SpecRule> rules, TckListener listener) {
    this.rules = rules;
    this.listener = listener;
  }

  /** The outcome of every rule, in the order of the specification. */
  List<RuleOutcome> outcomes() {
    List<RuleOutcome> outcomes = new ArrayList<>();
    for (SpecRule rule : rules) {
      RuleOutcome other =
          rule.untested().isPresent()
              ? outcome(rule, Verdict.UNTESTED, rule.untested().get(), Duration.ZERO)
              : outcome(rule, Verdict.FAILED, obstacle, Duration.ZERO);
      outcomes.add(tested.getOrDefault(rule.id(), other));
    }
    return outcomes;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    listener.started((int) plan.countTestIdentifiers(test -> ruleOf(test).isPresent()));
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    started.put(test.getUniqueId(), System.nanoTime());
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Throwable thrown = result.getThrowable().orElse(null);
    Optional<SpecRule> rule = ruleOf(test);
    if (rule.isEmpty()) {
      if (thrown != null) {
        obstacle += ": " + line(thrown);
      }
      return;
    }
    Verdict verdict =
        switch (result.getStatus()) {
          case SUCCESSFUL -> Verdict.PASSED;
          case ABORTED -> Verdict.NOT_APPLICABLE;
          case FAILED -> Verdict.FAILED;
        };
    Duration time = Duration.ofNanos(System.nanoTime() - started.get(test.getUniqueId()));
    RuleOutcome outcome = outcome(rule.get(), verdict, thrown == null ? "" : line(thrown), time);
    tested.put(rule.get().id(), outcome);
    listener.finished(outcome);
  }

  private Optional<SpecRule> ruleOf(TestIdentifier test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(source -> ((MethodSource) source).getJavaMethod().getAnnotation(Rule.class))
        .flatMap(mark -> rules.stream().filter(rule -> rule.id().equals(mark.value())).findAny());
  }

  private static RuleOutcome outcome(
      SpecRule rule, Verdict verdict, String message, Duration time) {
    return new RuleOutcome(rule, verdict, message, time);
  }

  /** What was thrown, on one line. Of the suite's own findings the class name says nothing. */
  private static String line(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage()).replaceAll("\\s+", " ").strip();
    boolean finding =
        thrown instanceof AssertionError
            || thrown instanceof org.opentest4j.IncompleteExecutionException;
    if (finding) {
      return message;
    }
    String code = thrown instanceof DeviceException e ? " " + e.code() : "";
    return "unexpected " + thrown.getClass().getSimpleName() + code + ": " + message;
  }
}
