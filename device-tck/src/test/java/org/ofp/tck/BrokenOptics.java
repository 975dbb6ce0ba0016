// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.ofp.tck.BrokenDevices.COHERENT;
import static org.ofp.tck.BrokenDevices.FIELDS;
import static org.ofp.tck.BrokenDevices.FOUR_STEP;
import static org.ofp.tck.BrokenDevices.INTENSITY;
import static org.ofp.tck.BrokenDevices.broken;

import java.util.List;
import org.ofp.device.FrameShape;
import org.ofp.tck.ReferenceDevice.Kind;

/** Defects of modulators and lenses. */
final class BrokenOptics {
  private BrokenOptics() {}

  private interface Lens {
    double[] field(FrameShape shape, double[] shown);
  }

  private static DeviceSource lens(Kind kind, Lens lens) {
    return () ->
        new ReferenceDevice(kind) {
          @Override
          double[] lens(FrameShape shape, double[] shown) {
            return lens.field(shape, shown);
          }
        };
  }

  private interface Place {
    int from(FrameShape shape, int row, int col);
  }

  /** The field, every pixel taken from another place. */
  private static DeviceSource moved(Kind kind, Place place) {
    return lens(
        kind,
        (shape, shown) -> {
          double[] field = Lenses.field(shape, shown);
          double[] moved = new double[field.length];
          for (int i = 0; i < shape.pixels(); i++) {
            int from = place.from(shape, i / shape.cols(), i % shape.cols());
            moved[2 * i] = field[2 * from];
            moved[2 * i + 1] = field[2 * from + 1];
          }
          return moved;
        });
  }

  private interface Turn {
    double[] of(double re, double im);
  }

  /** The field, every pixel changed alike. */
  private static DeviceSource turned(Kind kind, Turn turn) {
    return lens(
        kind,
        (shape, shown) -> {
          double[] field = Lenses.field(shape, shown);
          for (int i = 0; i < field.length; i += 2) {
            double[] turned = turn.of(field[i], field[i + 1]);
            field[i] = turned[0];
            field[i + 1] = turned[1];
          }
          return field;
        });
  }

  static List<BrokenDevice> all() {
    Place transposed =
        (shape, row, col) ->
            shape.rows() == shape.cols() ? col * shape.cols() + row : row * shape.cols() + col;
    Place shifted =
        (shape, row, col) -> row * shape.cols() + (col + shape.cols() - 1) % shape.cols();
    Place mirrored =
        (shape, row, col) ->
            row * shape.cols() + Math.floorMod(2 * shape.axisCol() - col, shape.cols());
    Place corner =
        (shape, row, col) ->
            (row + shape.axisRow()) % shape.rows() * shape.cols()
                + (col + shape.axisCol()) % shape.cols();
    return List.of(
        broken("T2", "transposed axes", "T4 T8 T13 T3", moved(COHERENT, transposed)),
        broken("T2", "transposed axes, intensity", "T4 T13 T3", moved(INTENSITY, transposed)),
        broken(
            "T1",
            "zero order a column off",
            FIELDS + "T2 T3 T9 T10 T11 R6",
            moved(FOUR_STEP, shifted)),
        broken(
            "T1",
            "zero order in the corner",
            "T4 T8 T13 T14 T15 T16 T2 T3 T10 T11",
            moved(COHERENT, corner)),
        broken("T4", "mirrored left for right", "T4 T8 T13 T14 T15 T3", moved(FOUR_STEP, mirrored)),
        broken("T4", "mirrored, intensity", "T4 T13 T14 T15 T3", moved(INTENSITY, mirrored)),
        broken(
            "T3",
            "kernel with the other sign",
            "T4 T8 T13 T14 T15",
            lens(COHERENT, (shape, shown) -> times(Lenses.centred(shape, shown, 1), 0, -1))),
        broken(
            "T11", "conjugated", FIELDS + "T10", turned(COHERENT, (x, y) -> new double[] {x, -y})),
        broken(
            "T10",
            "lens factor missing",
            "T13 T14 T15",
            turned(COHERENT, (x, y) -> new double[] {-y, x})),
        broken(
            "T5",
            "wrong scale",
            "T13 T14 T15 T16 R6 R7",
            turned(FOUR_STEP, (x, y) -> new double[] {1.1 * x, 1.1 * y})),
        broken(
            "T12",
            "the modulator's origin is its corner",
            "T4 T13 T14 T15 T16",
            lens(COHERENT, BrokenOptics::originInCorner)),
        broken(
            "T7",
            "a modulator that squares amplitudes",
            "T5 T6 T13 T14 T15 T16",
            lens(
                COHERENT,
                (shape, shown) -> {
                  double[] squared = shown.clone();
                  for (int i = 0; i < squared.length; i += 2) {
                    double magnitude = Math.hypot(shown[i], shown[i + 1]);
                    squared[i] *= magnitude;
                    squared[i + 1] *= magnitude;
                  }
                  return Lenses.field(shape, squared);
                })),
        broken(
            "T14",
            "wrong scale of frames that are not square",
            "T15",
            lens(
                COHERENT,
                (shape, shown) ->
                    times(
                        Lenses.field(shape, shown),
                        shape.rows() == shape.cols()
                            ? 1
                            : Math.sqrt((double) shape.rows() / shape.cols()),
                        0))),
        broken(
            "T15",
            "odd frames transformed without their last row",
            "",
            lens(COHERENT, BrokenOptics::evenOnly)),
        broken(
            "F15",
            "pixels that have not settled",
            "T8 T16 T6 T7 T11 D2 D4 E2 S1 S5 H3",
            Unsettled::new));
  }

  private static double[] times(double[] field, double re, double im) {
    double[] product = new double[field.length];
    for (int i = 0; i < field.length; i += 2) {
      product[i] = field[i] * re - field[i + 1] * im;
      product[i + 1] = field[i] * im + field[i + 1] * re;
    }
    return product;
  }

  private static double[] originInCorner(FrameShape shape, double[] shown) {
    double[] rolled = new double[shown.length];
    for (int i = 0; i < shape.pixels(); i++) {
      int row = (i / shape.cols() + shape.axisRow()) % shape.rows();
      int col = (i % shape.cols() + shape.axisCol()) % shape.cols();
      rolled[2 * (row * shape.cols() + col)] = shown[2 * i];
      rolled[2 * (row * shape.cols() + col) + 1] = shown[2 * i + 1];
    }
    return Lenses.field(shape, rolled);
  }

  private static double[] evenOnly(FrameShape shape, double[] shown) {
    double[] cut = shown.clone();
    if (shape.rows() % 2 == 1 && shape.rows() > 1) {
      for (int i = cut.length - 2 * shape.cols(); i < cut.length; i++) {
        cut[i] = 0;
      }
    }
    return Lenses.field(shape, cut);
  }

  /** A tenth of the frame before is still there. */
  private static final class Unsettled extends ReferenceDevice {
    private double[] before = new double[0];

    Unsettled() {
      super(COHERENT);
    }

    @Override
    double[] lens(FrameShape shape, double[] shown) {
      double[] mixed = shown.clone();
      for (int i = 0; i < mixed.length && before.length == mixed.length; i++) {
        mixed[i] = 0.9 * shown[i] + 0.1 * before[i];
      }
      before = shown;
      return Lenses.field(shape, mixed);
    }
  }
}
