// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.search;

import java.util.ArrayList;
import java.util.List;

/**
 * The rungs of successive halving: all trials train for a few epochs, the best of them go on for
 * {@code factor} times as many, and so on up to the last rung. Every rung costs about the same, so
 * that most of the work goes to what looks promising, and nothing is judged by its start alone
 * unless it is far behind.
 *
 * <p>Of n trials, ⌊n/η⌋ and then ⌊n/η²⌋ go on, η being the factor, as long as one is left and the
 * first rung has at least one epoch: K = min(⌊log<sub>η</sub> n⌋, ⌊log<sub>η</sub> R⌋) eliminations
 * where the last rung trains to epoch R, and rung k = 0..K to epoch ⌊R/η<sup>K−k</sup>⌋.
 *
 * <p>References: K. Jamieson, A. Talwalkar, "Non-stochastic best arm identification and
 * hyperparameter optimization", AISTATS 2016; L. Li et al., "Hyperband", JMLR 18(185), 2018, whose
 * names these are.
 *
 * @param rungs in order; their epochs grow, their trials become fewer
 */
public record Halving(List<Rung> rungs) {

  /**
   * A round of training.
   *
   * @param epochs that each trial has been trained for at its end, those of earlier rungs included
   * @param trials how many take part
   */
  public record Rung(int epochs, int trials) {}

  public Halving {
    rungs = List.copyOf(rungs);
  }

  /**
   * Plans a search.
   *
   * @param trials at least 1
   * @param epochs of the last rung, at least 1
   * @param factor how many times fewer trials and more epochs from rung to rung, at least 2
   * @throws IllegalArgumentException if a number is smaller
   */
  public static Halving of(int trials, int epochs, int factor) {
    require("trials", trials, 1);
    require("epochs", epochs, 1);
    require("factor", factor, 2);
    List<Rung> rungs = new ArrayList<>();
    int eliminations = eliminations(Math.min(trials, epochs), factor);
    int left = trials;
    for (int rung = 0; rung <= eliminations; rung++) {
      rungs.add(new Rung(divided(epochs, factor, eliminations - rung), left));
      left /= factor;
    }
    return new Halving(rungs);
  }

  /** The epochs that all rungs train together. */
  public long totalEpochs() {
    long total = 0;
    int before = 0;
    for (Rung rung : rungs) {
      total += (long) (rung.epochs - before) * rung.trials;
      before = rung.epochs;
    }
    return total;
  }

  private static int eliminations(int number, int factor) {
    return number < factor ? 0 : 1 + eliminations(number / factor, factor);
  }

  private static int divided(int number, int factor, int times) {
    return times == 0 ? number : divided(number / factor, factor, times - 1);
  }

  private static void require(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " = " + value + " must be at least " + least);
    }
  }
}
