// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import org.ofp.cuda.gpu.CudaDriver;
import org.ofp.cuda.gpu.CudaLibraries;
import org.ofp.cuda.gpu.CudaLibrary;
import org.ofp.cuda.gpu.GpuDescription;
import org.ofp.cuda.gpu.GpuSurvey;

/**
 * What there is of CUDA. No GPU is opened.
 *
 * @param driver CUDA version that NVIDIA's driver supports, empty without a driver
 * @param usable whether some GPU can be used
 * @param reason why none can; empty if one can
 * @param gpus what the driver shows
 * @param libraries what computes on them
 */
public record CudaReport(
    String driver,
    boolean usable,
    String reason,
    List<GpuDescription> gpus,
    List<Library> libraries) {

  public CudaReport {
    gpus = List.copyOf(gpus);
    libraries = List.copyOf(libraries);
  }

  /**
   * A library of CUDA.
   *
   * @param name for people
   * @param file that holds it on Linux
   * @param binding to Java
   * @param version empty if it does not load
   * @param loads whether it was found and loads
   * @param reason why not; empty if it does
   */
  public record Library(
      String name, String file, String binding, String version, boolean loads, String reason) {
    static Library of(CudaLibrary library) {
      String reason = library.missing().orElse("");
      return new Library(
          library.name(),
          library.file(),
          library.binding(),
          library.version(),
          reason.isEmpty(),
          reason);
    }
  }

  /** Looks, and loads the libraries. */
  static CudaReport now() {
    GpuSurvey survey = CudaDriver.survey();
    return new CudaReport(
        survey.driverCuda(),
        survey.usable(),
        survey.reason(),
        survey.gpus(),
        CudaLibraries.all().stream().map(Library::of).toList());
  }

  /** What is wrong; a computer without an NVIDIA driver is not meant to use GPUs. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!driver.isEmpty() && !usable) {
      problems.add("CUDA: " + reason);
    }
    if (usable && libraries.stream().noneMatch(l -> l.name().equals("cuFFT") && l.loads())) {
      problems.add("CUDA: no cuFFT loads, so that cuda: devices cannot be opened; see docs/GPU.md");
    }
    return problems;
  }
}
