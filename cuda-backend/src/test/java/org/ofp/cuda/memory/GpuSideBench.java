// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.memory;

import java.util.Optional;
import java.util.function.Function;
import org.ofp.cuda.emulator.EmulatedGpu;
import org.ofp.cuda.gpu.GpuBlas;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.DeviceMemory;
import org.ofp.device.Devices;
import org.ofp.device.ForwardingDevice;

/** A device of the simulator with the memory of an emulated GPU. */
final class GpuSideBench extends ForwardingDevice {
  final EmulatedGpu emulated;
  final CountingGpu gpu;
  final CudaMemory memory;

  /**
   * @param pixelsAtOnce pixels of the fields that are transformed at a time
   */
  GpuSideBench(String uri, EmulatedGpu emulated, int pixelsAtOnce) {
    this(uri, emulated, pixelsAtOnce, stream -> new HostBlas(emulated, stream));
  }

  GpuSideBench(
      String uri, EmulatedGpu emulated, int pixelsAtOnce, Function<GpuStream, GpuBlas> blases) {
    super(Devices.open(uri));
    this.emulated = emulated;
    gpu = new CountingGpu(emulated);
    memory =
        CudaMemory.open(
                gpu,
                stream -> Optional.of(blases.apply(CountingGpu.uncounted(stream))),
                (stream, coding, capacity) ->
                    new HostPipeline(
                        device(), emulated, CountingGpu.uncounted(stream), coding, capacity),
                pixelsAtOnce)
            .orElseThrow();
  }

  @Override
  public <T> Optional<T> extension(Class<T> capability) {
    return capability == DeviceMemory.class
        ? Optional.of(capability.cast(memory))
        : super.extension(capability);
  }

  @Override
  public void close() {
    memory.close();
    super.close();
  }
}
