// SPDX-License-Identifier: Apache-2.0

/**
 * How well networks do on samples whose labels are known, and how far that can be trusted. {@link
 * org.ofp.models.evaluation.Evaluator} runs them, {@link org.ofp.models.evaluation.Bootstrap} gives
 * confidence intervals.
 */
package org.ofp.models.evaluation;
