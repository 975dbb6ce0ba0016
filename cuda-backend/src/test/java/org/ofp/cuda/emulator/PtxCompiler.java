// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;

/**
 * NVIDIA's compiler from PTX to machine code, CUDA 11.8, which JCuda's natives contain: needs
 * neither driver nor GPU.
 */
final class PtxCompiler {

  /**
   * What it said.
   *
   * @param log resources used by each kernel, or the errors
   */
  record Result(boolean compiled, String log) {}

  private PtxCompiler() {}

  /**
   * Compiles for one kind of GPU.
   *
   * @param architecture such as {@code sm_90}
   * @throws LinkageError if there are no natives for this machine
   */
  static Result compile(String ptx, String architecture) {
    nvPTXCompilerHandle handle = new nvPTXCompilerHandle();
    byte[] text = (ptx + '\0').getBytes(StandardCharsets.UTF_8);
    check("create", JNvPTXCompiler.nvPTXCompilerCreate(handle, text.length, text));
    try {
      String[] options = {"--gpu-name=" + architecture, "--verbose"};
      int status = JNvPTXCompiler.nvPTXCompilerCompile(handle, options.length, options);
      long[] size = new long[1];
      byte[] log;
      if (status == 0) {
        check("size", JNvPTXCompiler.nvPTXCompilerGetInfoLogSize(handle, size));
        log = new byte[(int) size[0] + 1];
        check("log", JNvPTXCompiler.nvPTXCompilerGetInfoLog(handle, log));
      } else {
        check("size", JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(handle, size));
        log = new byte[(int) size[0] + 1];
        check("log", JNvPTXCompiler.nvPTXCompilerGetErrorLog(handle, log));
      }
      return new Result(status == 0, new String(log, StandardCharsets.UTF_8).replace("\0", ""));
    } finally {
      check("destroy", JNvPTXCompiler.nvPTXCompilerDestroy(handle));
    }
  }

  /** Fails a test whose text is not PTX; on machines without this compiler does nothing. */
  static void check(String ptx) {
    try {
      Result result = compile(ptx, "sm_75");
      assertTrue(result.compiled(), () -> result.log() + ptx);
    } catch (LinkageError e) {
      System.out.println("No PTX compiler for this machine: the text is not checked");
    }
  }

  private static void check(String what, int status) {
    if (status != 0) {
      throw new IllegalStateException("PTX compiler, " + what + ": status " + status);
    }
  }
}
