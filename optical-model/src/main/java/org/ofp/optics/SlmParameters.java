// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import java.util.List;
import org.ofp.device.ComplexEncoding;
import org.ofp.device.Modulation;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;

/**
 * Stage 1, the modulator.
 *
 * @param pitch metres from pixel to pixel
 * @param modulation which amplitudes it shows
 * @param encoding how complex fields are put on it
 * @param iqDrive whether its channels are I and Q instead of amplitude and phase
 * @param amplitudeBits of the amplitude channel, 0 if continuous
 * @param phaseBits of the phase channel, 0 if continuous
 * @param iqBits of each of the channels I and Q, 0 if continuous
 * @param phaseRange radians that the phase channel spans
 * @param amplitudeResponse of the amplitude channel, or of I and Q alike
 * @param phaseResponse of the phase channel
 * @param floor field shown for amplitude 0, C^(−1/2) at contrast C
 * @param flicker peak of the sinusoidal phase in radians
 * @param settle time constant in seconds, 0 if frames leave nothing behind
 * @param crosstalk standard deviation of the drive's blur in pixels
 * @param fillFactor areal share that modulates, 0 for point-like pixels
 * @param gapReflectivity intensity reflectivity of the rest
 * @param wavefront phase error of the panel
 * @param deadPixels share of pixels that stay dark
 * @param stuckPixels share of pixels that stay at one drive
 * @param framePeriod seconds to load a frame and let it settle
 * @param writeEnergy joules per pixel written
 */
public record SlmParameters(
    double pitch,
    Modulation modulation,
    ComplexEncoding encoding,
    boolean iqDrive,
    int amplitudeBits,
    int phaseBits,
    int iqBits,
    double phaseRange,
    Response amplitudeResponse,
    Response phaseResponse,
    double floor,
    double flicker,
    double settle,
    double crosstalk,
    double fillFactor,
    double gapReflectivity,
    Wavefront wavefront,
    double deadPixels,
    double stuckPixels,
    double framePeriod,
    double writeEnergy) {

  private static final List<OptionSpec> SPECS =
      List.of(
          OptionSpec.number("pitch", "m", 1e-8, 1e-2, "8e-6", "SLM pixel pitch"),
          OptionSpec.choice(
              "slm.modulation",
              List.of("complex", "phase-only", "amplitude-only"),
              "complex",
              "which amplitudes the SLM can show"),
          OptionSpec.choice(
                  "slm.encoding",
                  List.of("double-phase"),
                  "off",
                  "complex fields on a phase-only SLM, as two frames added after the readout")
              .orOff(),
          OptionSpec.choice(
              "slm.drive",
              List.of("amplitude-phase", "iq"),
              "amplitude-phase",
              "what the two channels of a pixel set"),
          OptionSpec.integer("slm.amplitude-bits", 1, 16, "off", "bits of the amplitude drive")
              .orOff(),
          OptionSpec.integer(
                  "slm.phase-bits", 1, 16, "off", "bits of the phase drive, levels n·range/2^bits")
              .orOff(),
          OptionSpec.integer(
                  "slm.iq-bits", 2, 16, "off", "bits of each of the drives I and Q, signed")
              .orOff(),
          OptionSpec.number(
                  "slm.phase-range",
                  "rad",
                  1e-3,
                  100,
                  "off",
                  "phase that the drive spans, uncorrected; off: 2π")
              .orOff(),
          OptionSpec.number(
                  "slm.gamma", "", 0.1, 10, "off", "amplitude shown is drive^gamma; off: linear")
              .orOff(),
          OptionSpec.number(
                  "slm.phase-gamma", "", 0.1, 10, "off", "phase shown is range·(drive)^gamma")
              .orOff(),
          OptionSpec.text(
                  "slm.amplitude-lut",
                  "off",
                  "measured amplitudes for equidistant drives: 0,0.2,0.7,1 or a text file")
              .orOff(),
          OptionSpec.text(
                  "slm.phase-lut",
                  "off",
                  "measured phases in units of the range, as slm.amplitude-lut")
              .orOff(),
          OptionSpec.number(
                  "slm.contrast", "", 1, 1e12, "off", "intensity contrast, on to off; a → c+(1−c)a")
              .orOff(),
          OptionSpec.number(
                  "slm.flicker", "rad", 0, 2, "off", "peak of the sinusoidal phase, all pixels")
              .orOff(),
          OptionSpec.number(
                  "slm.settle",
                  "s",
                  0,
                  100,
                  "off",
                  "time constant with which the drive leaves the frame before")
              .orOff(),
          OptionSpec.number(
                  "slm.crosstalk",
                  "pixels",
                  0,
                  100,
                  "off",
                  "Gaussian blur of the drive, standard deviation (fringing field)")
              .orOff(),
          OptionSpec.number(
                  "slm.fill-factor",
                  "",
                  0.01,
                  1,
                  "off",
                  "share of a pixel's area that modulates; off: point-like pixels, no envelope")
              .orOff(),
          OptionSpec.number(
                  "slm.gap-reflectivity",
                  "",
                  0,
                  1,
                  "off",
                  "intensity that the gaps reflect, unmodulated; off: absorbed")
              .orOff(),
          OptionSpec.text(
                  "slm.wavefront",
                  "off",
                  "phase error of the panel: OSA/ANSI Zernike terms INDEX:RMS,… in rad over the"
                      + " pupil, or a text file with a map in rad")
              .orOff(),
          OptionSpec.number("slm.dead-pixels", "", 0, 1, "off", "share of pixels that stay dark")
              .orOff(),
          OptionSpec.number(
                  "slm.stuck-pixels", "", 0, 1, "off", "share of pixels that stay at one drive")
              .orOff(),
          OptionSpec.number(
              "slm.frame-period", "s", 0, 100, "1e-3", "time to load a frame and let it settle"),
          OptionSpec.number(
                  "slm.write-energy", "J", 0, 1, "off", "energy of writing a pixel; off: unknown")
              .orOff());

  static List<OptionSpec> specs() {
    return SPECS;
  }

  static SlmParameters of(Options options) {
    double contrast = options.numberOr("slm.contrast", Double.POSITIVE_INFINITY);
    Modulation modulation =
        switch (options.text("slm.modulation")) {
          case "complex" -> Modulation.COMPLEX;
          case "phase-only" -> Modulation.PHASE_ONLY;
          default -> Modulation.AMPLITUDE_ONLY;
        };
    return new SlmParameters(
        options.number("pitch"),
        modulation,
        encoding(options, modulation),
        options.text("slm.drive").equals("iq"),
        options.integerOr("slm.amplitude-bits", 0),
        options.integerOr("slm.phase-bits", 0),
        options.integerOr("slm.iq-bits", 0),
        options.numberOr("slm.phase-range", 2 * Math.PI),
        response(options, "slm.gamma", "slm.amplitude-lut"),
        response(options, "slm.phase-gamma", "slm.phase-lut"),
        1 / Math.sqrt(contrast),
        options.numberOr("slm.flicker", 0),
        options.numberOr("slm.settle", 0),
        options.numberOr("slm.crosstalk", 0),
        options.numberOr("slm.fill-factor", 0),
        options.numberOr("slm.gap-reflectivity", 0),
        options.isOff("slm.wavefront")
            ? Wavefront.flat()
            : Wavefront.parse("slm.wavefront", options.text("slm.wavefront")),
        options.numberOr("slm.dead-pixels", 0),
        options.numberOr("slm.stuck-pixels", 0),
        options.number("slm.frame-period"),
        options.numberOr("slm.write-energy", 0));
  }

  private static ComplexEncoding encoding(Options options, Modulation modulation) {
    if (!options.isOff("slm.encoding")) {
      return ComplexEncoding.DOUBLE_PHASE;
    }
    return modulation == Modulation.COMPLEX ? ComplexEncoding.DIRECT : ComplexEncoding.NONE;
  }

  private static Response response(Options options, String gamma, String lut) {
    if (options.isOff(lut)) {
      return Response.gamma(options.numberOr(gamma, 1));
    }
    Contradictions.unless(
        options.isOff(gamma), "%s and %s exclude each other; switch one of them off", gamma, lut);
    double[][] rows = NumberTable.read(lut, options.text(lut));
    double[] values = new double[rows.length * rows[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[i / rows[0].length][i % rows[0].length];
      Contradictions.unless(
          values[i] >= 0 && values[i] <= 1,
          "%s holds %s; responses lie between 0 and 1",
          lut,
          values[i]);
    }
    Contradictions.unless(values.length >= 2, "%s needs at least two responses", lut);
    return Response.table(values);
  }

  void requireConsistent() {
    boolean phaseOnly = modulation == Modulation.PHASE_ONLY;
    Contradictions.unless(
        phaseOnly || encoding != ComplexEncoding.DOUBLE_PHASE,
        "slm.encoding = double-phase is for slm.modulation = phase-only");
    Contradictions.unless(
        !iqDrive || modulation == Modulation.COMPLEX,
        "slm.drive = iq shows complex amplitudes; it goes with slm.modulation = complex");
    Contradictions.unless(
        iqDrive ? amplitudeBits == 0 && phaseBits == 0 : iqBits == 0,
        iqDrive
            ? "slm.drive = iq has slm.iq-bits; switch slm.amplitude-bits and slm.phase-bits off"
            : "slm.iq-bits is for slm.drive = iq");
    Contradictions.unless(
        !phaseOnly || (amplitudeBits == 0 && floor == 0 && amplitudeResponse.isLinear()),
        "a phase-only modulator has no amplitude channel; switch slm.amplitude-bits, slm.gamma,"
            + " slm.amplitude-lut and slm.contrast off");
    Contradictions.unless(
        gapReflectivity == 0 || fillFactor > 0,
        "slm.gap-reflectivity = %s needs gaps; set slm.fill-factor",
        gapReflectivity);
    Contradictions.unless(
        settle == 0 || framePeriod > 0,
        "slm.settle = %s s with slm.frame-period = 0 s would never show a frame",
        settle);
    Contradictions.unless(
        deadPixels + stuckPixels <= 1,
        "slm.dead-pixels = %s and slm.stuck-pixels = %s are more than all pixels",
        deadPixels,
        stuckPixels);
  }

  /** The same modulator with continuous drives that settle at once. */
  SlmParameters continuous() {
    return new SlmParameters(
        pitch,
        modulation,
        encoding,
        iqDrive,
        0,
        0,
        0,
        phaseRange,
        amplitudeResponse,
        phaseResponse,
        floor,
        flicker,
        0,
        crosstalk,
        fillFactor,
        gapReflectivity,
        wavefront,
        deadPixels,
        stuckPixels,
        framePeriod,
        writeEnergy);
  }
}
