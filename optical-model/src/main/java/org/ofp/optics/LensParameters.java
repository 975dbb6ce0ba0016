// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import java.util.ArrayList;
import java.util.List;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;

/**
 * Stage 3, the lens and where the detector stands behind it.
 *
 * @param focalLength metres
 * @param pupil diameter of the circular pupil in metres; infinite if it circumscribes the frame
 * @param defocus metres by which the detector stands behind the focal plane
 * @param aberrations phase on the pupil
 * @param shiftX detector pixels by which the pattern lies towards larger columns
 * @param shiftY detector pixels, towards larger rows
 * @param rotation radians by which the pattern is turned, from columns towards rows
 * @param magnification of the pattern about the axis
 * @param distortion k1 in r' = r(1 + k1·r²), r = 1 at the detector's corner
 */
public record LensParameters(
    double focalLength,
    double pupil,
    double defocus,
    Wavefront aberrations,
    double shiftX,
    double shiftY,
    double rotation,
    double magnification,
    double distortion) {

  private static final String[] TERMS = {
    "piston",
    "vertical tilt",
    "horizontal tilt",
    "oblique astigmatism",
    "defocus",
    "vertical astigmatism",
    "vertical trefoil",
    "vertical coma",
    "horizontal coma",
    "oblique trefoil",
    "oblique quadrafoil",
    "oblique secondary astigmatism",
    "primary spherical",
    "vertical secondary astigmatism",
    "vertical quadrafoil"
  };

  private static final List<OptionSpec> SPECS = specList();

  private static List<OptionSpec> specList() {
    List<OptionSpec> specs = new ArrayList<>();
    specs.add(OptionSpec.number("focal-length", "m", 1e-4, 100, "0.1", "focal length of the lens"));
    specs.add(
        OptionSpec.number(
                "lens.pupil",
                "m",
                1e-7,
                1e3,
                "off",
                "diameter of the pupil; off: it circumscribes the frame, no vignetting")
            .orOff());
    specs.add(
        OptionSpec.number("lens.defocus", "m", -1, 1, "off", "detector behind the focal plane")
            .orOff());
    for (int j = 0; j < Zernike.TERMS; j++) {
      specs.add(
          OptionSpec.number(
                  "lens.zernike." + j,
                  "rad",
                  -1e3,
                  1e3,
                  "off",
                  "RMS over the pupil, OSA/ANSI term "
                      + j
                      + (j < TERMS.length ? " (" + TERMS[j] + ")" : ""))
              .orOff());
    }
    specs.add(
        OptionSpec.number(
                "lens.shift-x", "pixels", -1e4, 1e4, "off", "shift towards larger columns")
            .orOff());
    specs.add(
        OptionSpec.number("lens.shift-y", "pixels", -1e4, 1e4, "off", "shift towards larger rows")
            .orOff());
    specs.add(
        OptionSpec.number(
                "lens.rotation",
                "rad",
                -3.15,
                3.15,
                "off",
                "turn of the pattern from columns towards rows")
            .orOff());
    specs.add(
        OptionSpec.number("lens.magnification", "", 0.1, 10, "off", "of the pattern; off: 1")
            .orOff());
    specs.add(
        OptionSpec.number(
                "lens.distortion", "", -0.3, 10, "off", "k1 in r(1+k1·r²), r = 1 at the corner")
            .orOff());
    return List.copyOf(specs);
  }

  static List<OptionSpec> specs() {
    return SPECS;
  }

  static LensParameters of(Options options) {
    double[] rms = new double[Zernike.TERMS];
    for (int j = 0; j < rms.length; j++) {
      rms[j] = options.numberOr("lens.zernike." + j, 0);
    }
    return new LensParameters(
        options.number("focal-length"),
        options.numberOr("lens.pupil", Double.POSITIVE_INFINITY),
        options.numberOr("lens.defocus", 0),
        Wavefront.zernike(rms),
        options.numberOr("lens.shift-x", 0),
        options.numberOr("lens.shift-y", 0),
        options.numberOr("lens.rotation", 0),
        options.numberOr("lens.magnification", 1),
        options.numberOr("lens.distortion", 0));
  }

  /** Whether the pattern falls on the detector as the transform gives it, apart from shifts. */
  public boolean isUndistorted() {
    return rotation == 0 && magnification == 1 && distortion == 0;
  }

  /** The same lens with the pattern shifted further. */
  LensParameters shifted(double x, double y) {
    return new LensParameters(
        focalLength,
        pupil,
        defocus,
        aberrations,
        shiftX + x,
        shiftY + y,
        rotation,
        magnification,
        distortion);
  }
}
