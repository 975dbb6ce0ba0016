// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import jcuda.driver.JCudaDriver;

/** A stream of the driver, which does not wait for the default stream. */
final class DriverStream extends DriverResource implements GpuStream {
  static final int NON_BLOCKING = 1; // CU_STREAM_NON_BLOCKING

  private static final int MAX_THREADS = 1024;

  private final Address.Stream stream;
  private final LaunchArguments arguments = new LaunchArguments();

  DriverStream(DriverGpu gpu, Address.Stream stream) {
    super(gpu, "a stream");
    this.stream = stream;
  }

  /** That of a library's caller, which must be of the same GPU. */
  static DriverStream of(DriverGpu gpu, GpuStream stream) {
    if (stream instanceof DriverStream driver && driver.gpu() == gpu) {
      driver.requireOpen();
      return driver;
    }
    throw new IllegalArgumentException("the stream is of another GPU");
  }

  Address.Stream driverStream() {
    return stream;
  }

  @Override
  public long handle() {
    requireOpen();
    return stream.value();
  }

  @Override
  public void upload(HostMemory from, long fromByte, long toAddress, long bytes) {
    enter();
    gpu()
        .check(
            "copying to the GPU",
            "cuMemcpyHtoDAsync",
            JCudaDriver.cuMemcpyHtoDAsync(
                new Address(toAddress),
                ((DriverHostMemory) from).at(fromByte, bytes),
                bytes,
                stream));
  }

  @Override
  public void download(long fromAddress, HostMemory to, long toByte, long bytes) {
    enter();
    gpu()
        .check(
            "copying from the GPU",
            "cuMemcpyDtoHAsync",
            JCudaDriver.cuMemcpyDtoHAsync(
                ((DriverHostMemory) to).at(toByte, bytes),
                new Address(fromAddress),
                bytes,
                stream));
  }

  @Override
  public void copy(long fromAddress, long toAddress, long bytes) {
    enter();
    gpu()
        .check(
            "copying within the GPU",
            "cuMemcpyDtoDAsync",
            JCudaDriver.cuMemcpyDtoDAsync(
                new Address(toAddress), new Address(fromAddress), bytes, stream));
  }

  @Override
  public void clear(long address, long bytes) {
    enter();
    gpu()
        .check(
            "clearing memory",
            "cuMemsetD8Async",
            JCudaDriver.cuMemsetD8Async(new Address(address), (byte) 0, bytes, stream));
  }

  @Override
  public void launch(GpuFunction function, int blocks, int threads, Object... arguments) {
    if (blocks < 1 || threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException(
          blocks + " blocks of " + threads + " threads; at least 1, of 1 to " + MAX_THREADS);
    }
    DriverFunction kernel = (DriverFunction) function;
    kernel.check(arguments);
    kernel.enter();
    requireOpen();
    gpu()
        .check(
            "running the kernel " + kernel.name(),
            "cuLaunchKernel",
            JCudaDriver.cuLaunchKernel(
                kernel.driverFunction(),
                blocks,
                1,
                1,
                threads,
                1,
                1,
                0,
                stream,
                this.arguments.of(arguments),
                null));
  }

  @Override
  public void synchronize() {
    enter();
    gpu()
        .check(
            "the work on the GPU", "cuStreamSynchronize", JCudaDriver.cuStreamSynchronize(stream));
  }

  @Override
  void free() {
    try {
      gpu()
          .check(
              "the work on the GPU",
              "cuStreamSynchronize",
              JCudaDriver.cuStreamSynchronize(stream));
    } finally {
      if (!gpu().isLost()) {
        gpu().check("closing a stream", "cuStreamDestroy", JCudaDriver.cuStreamDestroy(stream));
      }
    }
  }
}
