// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.evaluation;

/**
 * A confidence interval, both ends included.
 *
 * @param low its lower end
 * @param high its upper end, not below {@code low}
 */
public record Interval(double low, double high) {}
