// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.FloatBuffer;

/**
 * The pointwise product on an accelerator and the host: each call goes to the one that the
 * accelerator's rule names. It carries the accelerator's name.
 */
final class SharedPointwise implements PointwiseProduct {
  private final PointwiseProduct accelerator;
  private final PointwiseProduct host;

  SharedPointwise(PointwiseProduct accelerator, PointwiseProduct host) {
    this.accelerator = accelerator;
    this.host = host;
  }

  /** Who computes products of a size, for people. */
  static String choice(PointwiseProduct accelerator, int cout, int cin, int pixels) {
    String reason = accelerator.declines(cout, cin, pixels);
    return reason.isEmpty() ? "by " + accelerator.name() : "on the CPU: " + reason;
  }

  @Override
  public String name() {
    return accelerator.name();
  }

  @Override
  public int priority() {
    return accelerator.priority();
  }

  @Override
  public void probe() {
    accelerator.probe();
    host.probe();
  }

  @Override
  public void apply(
      int images,
      int cout,
      int cin,
      int pixels,
      FloatBuffer w,
      FloatBuffer bias,
      FloatBuffer x,
      FloatBuffer y) {
    PointwiseProduct engine =
        accelerator.declines(cout, cin, pixels).isEmpty() ? accelerator : host;
    engine.apply(images, cout, cin, pixels, w, bias, x, y);
  }
}
