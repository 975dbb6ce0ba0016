// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;
import org.ofp.optconv.GradientMode;
import org.ofp.optconv.InputRanges;
import org.ofp.optconv.LayerPlan;
import org.ofp.optconv.LayerSpec;
import org.ofp.optconv.NetworkPlan;
import org.ofp.optconv.OpticalConvolver;
import org.ofp.optconv.PointwiseConvolver;
import org.ofp.optconv.Route;
import org.ofp.optconv.RoutingPolicy;

/**
 * Where the convolutions of a network run: shared by its {@link OptConv2d}, {@link
 * OptConvTranspose2d} and {@link OptConv1d} layers.
 *
 * <p>With a device, layers run where the {@linkplain #routing policy} sends them: by default
 * kernels larger than 1×1 go through the light and 1×1 kernels to the pointwise engine. Without
 * one, libtorch computes them all. Not thread-safe: one forward or backward pass at a time. Does
 * not own the device; closing frees the kernel spectra of all layers.
 */
public final class OpticalContext implements AutoCloseable {
  private final OpticalConvolver optical;
  private final PointwiseConvolver pointwise;
  private final SpectraBudget spectra = new SpectraBudget();
  private final BackwardPass backward = new BackwardPass();
  private final List<WeakReference<OpticalLayer>> layers = new ArrayList<>();
  private final Map<Integer, LayerRun> runs = new TreeMap<>();
  private RoutingPolicy policy = RoutingPolicy.defaults();
  private GradientMode gradients = GradientMode.PERFECT;
  private InputRanges inputRanges = InputRanges.none();
  private Consumer<LayerRun> listener = run -> {};
  private InputCalibration calibration;
  private boolean measuresAccuracy;
  private long firstImage;

  private OpticalContext(OpticalConvolver optical, PointwiseConvolver pointwise) {
    this.optical = optical;
    this.pointwise = pointwise;
    routing(policy);
    Torch.initialize();
  }

  /** Plain electronic convolutions by libtorch. */
  public static OpticalContext electronic() {
    return new OpticalContext(null, null);
  }

  /**
   * Convolutions on a device.
   *
   * @throws org.ofp.device.DeviceException if the device cannot show or read complex fields
   */
  public static OpticalContext on(OpticalFourierDevice device) {
    return on(device, TransformOptions.defaults());
  }

  /** Convolutions on a device, with a say in how fields are put on it. */
  public static OpticalContext on(OpticalFourierDevice device, TransformOptions options) {
    return on(List.of(device), options);
  }

  /**
   * Convolutions on several devices, over which frames are spread. One that fails is used no more,
   * and its frames are done by the others.
   */
  public static OpticalContext on(List<OpticalFourierDevice> devices, TransformOptions options) {
    return new OpticalContext(new OpticalConvolver(devices, options), new PointwiseConvolver());
  }

  /** Sets which layer runs where. Without a device everything stays electronic. */
  public void routing(RoutingPolicy routing) {
    policy = optical == null ? routing.withoutDevice() : routing;
  }

  /** Which layer runs where. */
  public RoutingPolicy routing() {
    return policy;
  }

  /** Where a layer of the given name runs, and why. */
  public RoutingPolicy.Decision decide(String name, LayerSpec spec) {
    return policy.decide(name, spec);
  }

  /** Where a layer without a name runs. */
  public Route route(LayerSpec spec) {
    return decide("", spec).route();
  }

  /** Sets where gradients come from, unless a layer has its own mode; PERFECT by default. */
  public void gradients(GradientMode mode) {
    gradients = mode;
  }

  /** Where gradients come from. */
  public GradientMode gradients() {
    return gradients;
  }

  /**
   * Names the layers of this context below a module by their dotted place in it, such as {@code
   * "encoder.layer1.layer.0"}. A layer in several places gets the first name. Until then layers are
   * called {@code "layer0"}, {@code "layer1"}, …, in the order of construction.
   */
  public void name(Module network) {
    Map<Long, String> names = ModuleNames.of(network);
    live()
        .filter(layer -> !names.getOrDefault(layer.address(), "").isEmpty())
        .forEach(layer -> layer.name(names.get(layer.address())));
  }

  /**
   * Makes the layers run by a network's plan, which shares the memory for kernel spectra out among
   * them; maps of other sizes than it was made for are planned as they come, with the memory that
   * is left then. To be called after {@link #name}, which the network's models do by themselves.
   */
  public void follow(NetworkPlan plan) {
    Map<String, OpticalLayer> named = new HashMap<>();
    live().forEach(layer -> named.put(layer.name(), layer));
    for (LayerPlan layer : plan.layers()) {
      OpticalLayer known = named.get(layer.name());
      if (known != null) {
        layer.convolution().ifPresent(known::follow);
      }
    }
  }

  /**
   * Sets the number of the first image of the next batch, 0 until then; it does not count on by
   * itself. Images are numbered so that a simulated device's noise, and what training draws at
   * random per image, do not depend on how they are spread over batches.
   *
   * @param number at least 0
   */
  public void firstImage(long number) {
    firstImage = number;
  }

  /** Calls a listener after every layer, for progress and records; for backward passes too. */
  public void onLayer(Consumer<LayerRun> layerListener) {
    listener = layerListener;
  }

  /**
   * Whether every layer that runs on the device is computed electronically too, and its accuracy
   * predicted, to be told by {@link LayerRun#accuracy}; off by default. Takes several times as
   * long; the layers' own seconds leave it out.
   */
  public void measureAccuracy(boolean on) {
    measuresAccuracy = on;
  }

  boolean measuresAccuracy() {
    return measuresAccuracy;
  }

  /** The latest forward run of every layer that ran, in the order of construction. */
  public List<LayerRun> runs() {
    return List.copyOf(runs.values());
  }

  /**
   * Finds the range of every layer's input over sample batches, by layer name.
   *
   * @param percentile how many of 100 magnitudes lie within the range, above 0, up to 100 for all
   * @param batches runs the network on samples
   * @return ranges to be set with {@link #clipInputs}, in this or another context
   */
  public InputRanges calibrateInputs(double percentile, Runnable batches) {
    if (!(percentile > 0 && percentile <= 100)) {
      throw new IllegalArgumentException(
          "percentile = " + percentile + " must be above 0 and at most 100");
    }
    InputCalibration observed = new InputCalibration();
    calibration = observed;
    try {
      batches.run();
    } finally {
      calibration = null;
    }
    return observed.ranges(percentile);
  }

  /**
   * Sets the ranges to which the inputs of layers on the device are clipped; none by default. What
   * was clipped is counted in {@link LayerRun#clippedInputs}.
   */
  public void clipInputs(InputRanges ranges) {
    inputRanges = ranges;
  }

  /**
   * Limits the magnitude of the weights of all layers, in place, without recording a gradient.
   *
   * @param limit above 0
   * @return weights that were beyond
   */
  public long clipWeights(double limit) {
    return live().mapToLong(layer -> layer.clipWeights(limit)).sum();
  }

  /**
   * Runs a backward pass. As {@code loss.backward()}, but what went wrong in a layer is thrown as
   * it is, such as a {@link org.ofp.device.DeviceException}, where libtorch throws a {@code
   * RuntimeException} with its message.
   */
  public void backward(Tensor loss) {
    backward.run(loss);
  }

  /** Frames shown on the device so far. */
  public long frames() {
    return optical == null ? 0 : optical.frames();
  }

  /** Detector counts that clipped so far. */
  public long saturated() {
    return optical == null ? 0 : optical.clipped();
  }

  /** The devices that failed and are used no more, and why. */
  public List<String> failures() {
    return optical == null ? List.of() : optical.failures();
  }

  /** Layers that were made with this context. */
  public int layers() {
    return layers.size();
  }

  /** Adds a layer and gives its number. */
  int add(OpticalLayer layer) {
    layers.add(new WeakReference<>(layer));
    return layers.size() - 1;
  }

  private Stream<OpticalLayer> live() {
    return layers.stream().map(WeakReference::get).filter(layer -> layer != null);
  }

  /** The number of the first image of the next batch. */
  public long firstImage() {
    return firstImage;
  }

  OpticalConvolver optical() {
    return optical;
  }

  PointwiseConvolver pointwise() {
    return pointwise;
  }

  InputRanges inputRanges() {
    return inputRanges;
  }

  void observe(String layer, Tensor x) {
    if (calibration != null) {
      calibration.observe(layer, x);
    }
  }

  void finished(LayerRun run) {
    if (run.pass() == LayerRun.Pass.FORWARD) {
      runs.put(run.layer(), run);
    }
    listener.accept(run);
  }

  BackwardPass backward() {
    return backward;
  }

  SpectraBudget spectra() {
    return spectra;
  }

  @Override
  public void close() {
    spectra.close();
    backward.free();
    RecordedPass.freeDead();
  }
}
