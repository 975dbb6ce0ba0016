// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.time.Duration;

/**
 * What became of one rule.
 *
 * @param rule the rule
 * @param verdict what became of it
 * @param message one line: what is wrong, or why it was not tested; empty if the rule is kept
 * @param time time the test took
 */
public record RuleOutcome(SpecRule rule, Verdict verdict, String message, Duration time) {}
