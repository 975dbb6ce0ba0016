// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ofp.cli.device.Opening;
import org.ofp.cli.error.CliException;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.field.FieldTransform;
import org.ofp.cli.field.Fields;
import org.ofp.cli.field.RawTransform;
import org.ofp.cli.field.Spectrum;
import org.ofp.cli.field.TransformResult;
import org.ofp.cli.io.NpyWriter;
import org.ofp.cli.io.OutputTarget;
import org.ofp.cli.json.JsonOutput;
import org.ofp.cli.option.DeviceParameter;
import org.ofp.cli.option.PrecisionOptions;
import org.ofp.cli.term.Quantity;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceUri;
import org.ofp.device.ErrorCode;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Telemetry;
import org.ofp.device.TransformOptions;
import org.ofp.models.picture.PngFile;
import org.ofp.models.picture.RgbImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ofp transform URI IN OUT.npy}. */
@Command(
    name = "transform",
    description = {
      "Fourier-transforms an image or a field through a device.",
      "The result is the complex field <c8 in unitary scale (1/sqrt(rows*cols)), zero order at"
          + " [0, 0]. The field may have any scale: it is fitted to the modulator and back."
    })
final class TransformCommand implements Callable<Integer> {
  @ParentCommand private Ofp ofp;

  @Mixin private DeviceParameter address;

  @Parameters(
      index = "1",
      paramLabel = "IN",
      description =
          "A picture (JPEG, PNG; its grey value from 0 to 1), or a .npy file, <f4 or <c8,"
              + " [rows, cols] or [n, rows, cols].")
  private Path in;

  @Parameters(index = "2", paramLabel = "OUT.npy", description = "Where the result goes.")
  private Path out;

  @Option(names = "--inverse", description = "Transform back: the unitary inverse transform.")
  private boolean inverse;

  @Option(
      names = "--raw",
      description =
          "Write the detector's counts instead, <f4 [steps, rows, cols], zero order in the centre."
              + " The field (with --inverse its conjugate) is shown as it is and must have |a| <= 1;"
              + " the exposure is metered. Steps are the four phases 0, pi/2, pi, 3pi/2 of the"
              + " reference, or in-phase and quadrature, or one intensity.")
  private boolean raw;

  @Option(
      names = "--picture",
      paramLabel = "P.png",
      description =
          "Draw the magnitude of the first transform: logarithmic down to 100 dB below the brightest"
              + " pixel, zero order in the centre; linear with --inverse, which gives an image.")
  private Path picture;

  @Mixin private PrecisionOptions precision;

  @Option(
      names = "--frame-id",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Id of the (first) frame, which keys the noise of a simulated device (default:"
              + " ${DEFAULT-VALUE}).")
  private long frameId;

  /** What was done, for JSON. */
  record Report(
      String device,
      Path output,
      String type,
      List<Integer> shape,
      boolean inverse,
      long frames,
      long reads,
      long clipped,
      List<Double> exposureSeconds,
      double seconds,
      double deviceBusySeconds) {}

  @Override
  public Integer call() throws IOException {
    DeviceUri uri = address.uri();
    requireOutputs();
    TransformOptions options = precision.transformOptions();
    if (raw && precision.composed()) {
      throw CliException.usage(
          "--raw writes one exposure of one frame; leave --exposures, --slices and --repeats out");
    }
    Fields fields = Fields.read(in);
    try (OpticalFourierDevice device = Opening.open(uri)) {
      long start = System.nanoTime();
      TransformResult result = transform(device, options, fields);
      double seconds = (System.nanoTime() - start) * 1e-9;
      NpyWriter.write(out, result.array());
      if (picture != null) {
        PngFile.write(picture, draw(result));
      }
      Telemetry telemetry = device.telemetry();
      show(
          new Report(
              uri.toString(),
              out,
              result.array().isComplex() ? "<c8" : "<f4",
              result.array().extents(),
              inverse,
              telemetry.framesLoaded(),
              telemetry.reads(),
              result.clipped(),
              result.exposures(),
              seconds,
              telemetry.deviceTime().toNanos() * 1e-9),
          result);
    }
    return ExitStatus.SUCCESS;
  }

  private void requireOutputs() {
    OutputTarget.checkFile(out);
    if (picture != null) {
      if (picture.toAbsolutePath().normalize().equals(out.toAbsolutePath().normalize())) {
        throw CliException.usage("--picture and OUT.npy are the same file " + out);
      }
      OutputTarget.checkFile(picture);
    }
  }

  private TransformResult transform(
      OpticalFourierDevice device, TransformOptions options, Fields fields) {
    try {
      return raw
          ? RawTransform.run(device, fields, inverse, frameId)
          : FieldTransform.run(device, options, fields, inverse, frameId);
    } catch (DeviceException e) {
      if (e.code() == ErrorCode.INADMISSIBLE_FRAME) {
        throw CliException.failure(in + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }

  private RgbImage draw(TransformResult result) {
    if (raw) {
      return Spectrum.ofCounts(result.array());
    }
    return inverse ? Spectrum.ofImage(result.array()) : Spectrum.ofField(result.array());
  }

  private void show(Report report, TransformResult result) {
    if (ofp.json()) {
      JsonOutput.write(ofp.terminal().out(), report);
      return;
    }
    ofp.terminal().out().println(out + ": " + result.array());
    ofp.terminal()
        .out()
        .println(
            report.device
                + ": "
                + Quantity.count(report.frames, "frame")
                + ", "
                + Quantity.count(report.reads, "read")
                + ", "
                + Quantity.seconds(report.deviceBusySeconds)
                + " of the device, "
                + Quantity.seconds(report.seconds)
                + " here");
    if (report.clipped > 0) {
      ofp.terminal()
          .warning(
              Quantity.count(report.clipped, "count")
                  + " clipped at the detector's full scale even at the exposure that metering"
                  + " found; show a darker field or use a weaker source");
    }
  }
}
