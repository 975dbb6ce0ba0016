// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ofp.device.Capabilities;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;

/**
 * From a layer, the size of its maps, a device and an {@link Objective} to a {@link
 * ConvolutionPlan}.
 *
 * <p>Small frames waste overlap, large ones make the kernels' spectra large and the matrix products
 * narrow. Frames that the device does not take are considered if it can compose them of smaller
 * ones. Spectra that do not fit the memory left for them are computed anew in every pass, which is
 * charged to the plan. The same layer, size and memory always get the same plan. Safe for use by
 * several threads.
 */
public final class ConvolutionPlanner {
  /** Memory for the kernel spectra of all layers of a network, unless another amount is given. */
  public static final long DEFAULT_SPECTRA_BYTES = 512L << 20;

  /** What a layer works with is kept below this if there is a way. */
  private static final long LARGEST_BYTES = 1L << 30;

  /** Plans that are remembered. */
  private static final int REMEMBERED = 1024;

  private final Capabilities capabilities;
  private final FrameCandidates frames;
  private final EffortEstimate efforts;
  private final Objective objective;
  private final SnrEstimate snr;
  private final Map<Question, ConvolutionPlan> known = new ConcurrentHashMap<>();

  private ConvolutionPlanner(
      OpticalFourierDevice device, TransformOptions options, Objective objective, SnrEstimate snr) {
    DeviceDescription description = device.description();
    capabilities = description.capabilities();
    frames = new FrameCandidates(capabilities, objective == Objective.DEVICE_TIME);
    efforts = new EffortEstimate(description, new FourierTransformer(device, options), options);
    this.objective = objective;
    this.snr = snr;
  }

  /**
   * A planner for a device, which it asks for its description alone, now. Accuracy is predicted for
   * maps like those of natural images and for Gaussian kernels.
   *
   * @param options of the transforms
   * @throws DeviceException with {@link ErrorCode#UNSUPPORTED} if the device cannot show or read
   *     complex fields
   */
  public static ConvolutionPlanner forDevice(
      OpticalFourierDevice device, TransformOptions options, Objective objective) {
    return forDevice(device, options, objective, new NaturalSnr(device.description(), options));
  }

  /**
   * As {@link #forDevice(OpticalFourierDevice, TransformOptions, Objective)}, with another estimate
   * of the accuracy.
   */
  public static ConvolutionPlanner forDevice(
      OpticalFourierDevice device, TransformOptions options, Objective objective, SnrEstimate snr) {
    return new ConvolutionPlanner(device, options, objective, snr);
  }

  /** The predicted accuracy of a plan in decibels, NaN if not known. */
  double predictedSnrDb(ConvolutionPlan plan) {
    return snr.decibels(plan);
  }

  /**
   * The plan for maps of the given size, with {@link #DEFAULT_SPECTRA_BYTES} for its spectra.
   *
   * @throws IllegalArgumentException if the padded map is smaller than the kernel
   */
  public ConvolutionPlan plan(LayerSpec layer, int rows, int cols) {
    return plan(layer, rows, cols, DEFAULT_SPECTRA_BYTES);
  }

  /**
   * The plan for maps of the given size.
   *
   * @param spectraBytes memory that is left for the spectra of this layer, at least 0
   * @throws IllegalArgumentException if the padded map is smaller than the kernel
   */
  public ConvolutionPlan plan(LayerSpec layer, int rows, int cols, long spectraBytes) {
    Question question = new Question(layer, rows, cols, spectraBytes);
    ConvolutionPlan plan = known.get(question);
    if (plan == null) {
      plan = search(question); // may itself use several threads, so without a lock on the map
      if (known.size() >= REMEMBERED) {
        known.clear();
      }
      known.put(question, plan);
    }
    return plan;
  }

  private record Question(LayerSpec layer, int rows, int cols, long spectraBytes) {}

  private ConvolutionPlan search(Question q) {
    return PlanCandidate.best(
            candidates(q.layer, q.rows, q.cols),
            c -> c.bytes() > q.spectraBytes ? SpectralCost.FRESH_BYTE * c.bytes() : 0)
        .plan();
  }

  /** All plans worth a look, at least one. */
  List<PlanCandidate> candidates(LayerSpec layer, int rows, int cols) {
    layer.outputRows(rows);
    layer.outputCols(cols);
    Search search = new Search(layer, rows, cols);
    LayerGeometry whole = search.geometry(Integer.MAX_VALUE, Integer.MAX_VALUE);
    FrameShape max = capabilities.maxFrame();
    for (int r : frames.sizes(whole.rows(), max.rows())) {
      for (int c : frames.sizes(whole.cols(), max.cols())) {
        search.consider(new FrameShape(r, c), whole);
      }
    }
    if (search.plans.isEmpty()) {
      search.consider(max, whole);
    }
    return search.result();
  }

  /** The candidates of one layer on maps of one size. */
  private final class Search {
    private final LayerSpec layer;
    private final int rows;
    private final int cols;
    private final Map<Long, LayerGeometry> geometries = new HashMap<>();
    private final List<ConvolutionPlan> plans = new ArrayList<>();

    Search(LayerSpec layer, int rows, int cols) {
      this.layer = layer;
      this.rows = rows;
      this.cols = cols;
    }

    LayerGeometry geometry(int extentRows, int extentCols) {
      return geometries.computeIfAbsent(
          ((long) extentRows << 32) | extentCols,
          key -> LayerGeometry.of(layer, rows, cols, extentRows, extentCols));
    }

    void consider(FrameShape frame, LayerGeometry whole) {
      Optional<TransformEffort> effort = efforts.of(frame);
      if (effort.isEmpty()) {
        return;
      }
      for (int r : FrameCandidates.extents(whole.rows().extent(), frame.rows())) {
        for (int c : FrameCandidates.extents(whole.cols().extent(), frame.cols())) {
          plans.add(ConvolutionPlan.of(layer, rows, cols, frame, geometry(r, c), effort.get()));
        }
      }
    }

    List<PlanCandidate> result() {
      List<ConvolutionPlan> small =
          plans.stream().filter(plan -> plan.leastBytes() <= LARGEST_BYTES).toList();
      List<ConvolutionPlan> possible =
          small.isEmpty()
              ? List.of(Collections.min(plans, comparingLong(ConvolutionPlan::leastBytes)))
              : small;
      return possible.stream().map(plan -> PlanCandidate.of(plan, objective, snr)).toList();
    }
  }
}
