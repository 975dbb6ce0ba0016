// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.evaluation;

/** A network's output has NaN in it. The message is one line, with the sample. */
public final class UndefinedOutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sample;

  UndefinedOutputException(String sample) {
    super(sample + ": the network's output is not a number; check its weights");
    this.sample = sample;
  }

  /** What the first sample that led to NaN is called. */
  public String sample() {
    return sample;
  }
}
