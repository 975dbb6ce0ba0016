// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.FloatBuffer;

/** The facade of every pointwise product: checks arguments. */
final class CheckedPointwise implements PointwiseProduct {

  private final PointwiseProduct engine;

  CheckedPointwise(PointwiseProduct engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public int priority() {
    return engine.priority();
  }

  @Override
  public void probe() {
    engine.probe();
  }

  @Override
  public void open() {
    engine.open();
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
    Checks.atLeast("images", images, 0);
    Checks.atLeast("cout", cout, 1);
    Checks.atLeast("cin", cin, 1);
    Checks.atLeast("pixels", pixels, 1);
    buffer("w", w, 1, cout, cin);
    if (bias != null) {
      buffer("bias", bias, 1, cout, 1);
    }
    buffer("x", x, images, cin, pixels);
    buffer("y", y, images, cout, pixels);
    Checks.writable("y", y);
    engine.apply(images, cout, cin, pixels, w, bias, x, y);
  }

  @Override
  public String declines(int cout, int cin, int pixels) {
    Checks.atLeast("cout", cout, 1);
    Checks.atLeast("cin", cin, 1);
    Checks.atLeast("pixels", pixels, 1);
    return engine.declines(cout, cin, pixels);
  }

  private static void buffer(String name, FloatBuffer buffer, int a, int b, int c) {
    Checks.nativeOrder(name, buffer);
    Checks.length(name, buffer.remaining(), a, b, c);
  }
}
