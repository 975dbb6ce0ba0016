// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;
import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.KernelSpectra;
import org.ofp.optconv.OpticalConvolver;
import org.ofp.optconv.PointwiseConvolver;
import org.ofp.optconv.Route;

/**
 * Where the convolutions of a network run: shared by its {@link OptConv2d} layers.
 *
 * <p>With a device, kernels larger than 1×1 go through the light and 1×1 kernels to the pointwise
 * engine; without one, libtorch computes them all. Not thread-safe: one forward pass at a time.
 * Does not own the device; closing frees the kernel spectra of all layers.
 */
public final class OpticalContext implements AutoCloseable {
  /** Memory for kernel spectra that are kept from one pass to the next. */
  private static final long DEFAULT_SPECTRA_BYTES = 512L << 20;

  private final OpticalConvolver optical;
  private final PointwiseConvolver pointwise;
  private final List<KernelSpectra> kept = new ArrayList<>();
  private Consumer<LayerRun> listener = run -> {};
  private long spectraBytes;
  private long firstImage;
  private int layers;

  private OpticalContext(OpticalConvolver optical, PointwiseConvolver pointwise) {
    this.optical = optical;
    this.pointwise = pointwise;
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
    return new OpticalContext(new OpticalConvolver(device, options), new PointwiseConvolver());
  }

  /** Where a layer runs. */
  public Route route(ConvolutionSpec spec) {
    return optical == null
        ? Route.ELECTRONIC
        : spec.isPointwise() ? Route.POINTWISE : Route.OPTICAL;
  }

  /**
   * Sets the number of the first image of the next batch. Images are numbered so that a simulated
   * device's noise does not depend on how they are spread over batches.
   */
  public void firstImage(long number) {
    firstImage = number;
  }

  /** Calls a listener after every layer, for progress and records. */
  public void onLayer(Consumer<LayerRun> layerListener) {
    listener = layerListener;
  }

  /** Frames shown on the device so far. */
  public long frames() {
    return optical == null ? 0 : optical.frames();
  }

  /** Layers that were made with this context. */
  public int layers() {
    return layers;
  }

  int nextLayer() {
    return layers++;
  }

  long firstImage() {
    return firstImage;
  }

  OpticalConvolver optical() {
    return optical;
  }

  PointwiseConvolver pointwise() {
    return pointwise;
  }

  void finished(LayerRun run) {
    listener.accept(run);
  }

  /** Whether so many more bytes of spectra are within the budget. */
  boolean hasRoom(long bytes) {
    return spectraBytes + bytes <= DEFAULT_SPECTRA_BYTES;
  }

  /** Keeps spectra for the next pass if the budget allows. */
  boolean keep(KernelSpectra spectra) {
    if (!hasRoom(spectra.bytes())) {
      return false;
    }
    spectraBytes += spectra.bytes();
    kept.add(spectra);
    return true;
  }

  /** Whether these spectra are still kept; null never is. */
  boolean keeps(KernelSpectra spectra) {
    return kept.contains(spectra);
  }

  /** Frees spectra if they are still kept. */
  void discard(KernelSpectra spectra) {
    if (kept.remove(spectra)) {
      spectraBytes -= spectra.bytes();
      spectra.close();
    }
  }

  @Override
  public void close() {
    kept.forEach(KernelSpectra::close);
    kept.clear();
    spectraBytes = 0;
  }
}
