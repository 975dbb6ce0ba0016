// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jcuda.Pointer;
import jcuda.driver.CUfunction;
import jcuda.driver.CUjit_option;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;
import jcuda.driver.JITOptions;

/** A file of compiled kernels, which the driver compiles on for its GPU when it is loaded. */
final class DriverModule extends DriverResource {
  private static final int LOG_BYTES = 8192;

  private final String module;
  private final CUmodule handle;
  private final Map<String, KernelSignature> signatures;
  private final Map<String, DriverFunction> functions = new ConcurrentHashMap<>();

  private DriverModule(
      DriverGpu gpu, String module, CUmodule handle, Map<String, KernelSignature> signatures) {
    super(gpu, "the module " + module);
    this.module = module;
    this.handle = handle;
    this.signatures = signatures;
  }

  /** Loads {@code /org/ofp/cuda/MODULE.ptx}; the GPU is current. */
  static DriverModule load(DriverGpu gpu, String module) {
    byte[] ptx = read("/org/ofp/cuda/" + module + ".ptx");
    JITOptions options = new JITOptions();
    options.putInt(CUjit_option.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, LOG_BYTES);
    options.putBytes(CUjit_option.CU_JIT_ERROR_LOG_BUFFER, new byte[LOG_BYTES]);
    CUmodule handle = new CUmodule();
    // Not in a Java array, for which the garbage collector would have to wait for the compiler.
    ByteBuffer zeroTerminated = ByteBuffer.allocateDirect(ptx.length + 1).put(ptx);
    int status;
    try {
      status = JCudaDriver.cuModuleLoadDataJIT(handle, Pointer.to(zeroTerminated), options);
    } finally {
      Reference.reachabilityFence(zeroTerminated);
    }
    if (status != CudaStatus.SUCCESS) {
      String log = options.getString(CUjit_option.CU_JIT_ERROR_LOG_BUFFER).strip();
      gpu.check(
          "compiling the kernels of "
              + module
              + (log.isEmpty() ? "" : " (" + log.lines().findFirst().orElse("") + ")"),
          "cuModuleLoadDataEx",
          status);
    }
    return new DriverModule(
        gpu, module, handle, KernelSignature.all(new String(ptx, StandardCharsets.US_ASCII)));
  }

  DriverFunction function(String name) {
    return functions.computeIfAbsent(name, this::find);
  }

  private DriverFunction find(String name) {
    KernelSignature signature = signatures.get(name);
    if (signature == null) {
      throw new IllegalArgumentException(
          module + " has no kernel " + name + ", only " + signatures.keySet());
    }
    CUfunction function = new CUfunction();
    gpu()
        .check(
            "finding the kernel " + name,
            "cuModuleGetFunction",
            JCudaDriver.cuModuleGetFunction(function, handle, name));
    return new DriverFunction(this, function, signature);
  }

  private static byte[] read(String resource) {
    try (InputStream in = DriverModule.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("there are no kernels " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("the kernels " + resource + " cannot be read", e);
    }
  }

  @Override
  void free() {
    gpu().check("unloading " + module, "cuModuleUnload", JCudaDriver.cuModuleUnload(handle));
  }
}
