// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;

/** Runs a few lines of PTX for many operands, one thread for each. */
final class Snippet {
  static final String HEADER = ".version 6.3\n.target sm_75\n.address_size 64\n";

  private static final String KERNEL =
      HEADER
          + """
          .visible .entry k(.param .u64 k0, .param .u64 k1, .param .u32 k2)
          {
            .reg .pred %%p<9>;
            .reg .b16 %%h<9>;
            .reg .b32 %%r<20>;
            .reg .b64 %%rd<20>;
            .reg .b64 %%in;
            .reg .b64 %%out;
            mov.u32 %%r10, %%ctaid.x;
            mov.u32 %%r11, %%ntid.x;
            mov.u32 %%r12, %%tid.x;
            mad.lo.s32 %%r13, %%r10, %%r11, %%r12;
            ld.param.u32 %%r14, [k2];
            setp.ge.s32 %%p8, %%r13, %%r14;
            @%%p8 ret;
            ld.param.u64 %%in, [k0];
            ld.param.u64 %%out, [k1];
            mul.wide.s32 %%rd10, %%r13, 32;
            add.s64 %%in, %%in, %%rd10;
            mul.wide.s32 %%rd11, %%r13, 8;
            add.s64 %%out, %%out, %%rd11;
            ld.global.u64 %%rd1, [%%in];
            ld.global.u64 %%rd2, [%%in+8];
            ld.global.u64 %%rd3, [%%in+16];
            ld.global.u64 %%rd4, [%%in+24];
            ld.global.u32 %%r1, [%%in];
            ld.global.u32 %%r2, [%%in+8];
            ld.global.u32 %%r3, [%%in+16];
            ld.global.u32 %%r4, [%%in+24];
            mov.u64 %%rd9, 0;
            mov.u32 %%r9, 0;
            %s
            st.global.u64 [%%out], %%rd9;
            ret;
          }
          """;

  private static final Set<String> RUN = new LinkedHashSet<>();
  private static final Set<String> DEFINITIONS = new LinkedHashSet<>();

  private Snippet() {}

  /** The text of a kernel with these lines. */
  static String kernel(String lines) {
    return String.format(KERNEL, lines);
  }

  /**
   * Checks that what ran since is PTX at all: in one go, as each costs some 100 ms. To be called
   * after all tests of a class.
   */
  static void check() {
    StringBuilder text = new StringBuilder(HEADER);
    DEFINITIONS.forEach(text::append);
    for (String lines : RUN) {
      String kernel = kernel(lines).substring(HEADER.length());
      text.append(kernel.replace(".entry k(", ".entry k" + text.length() + "("));
    }
    RUN.clear();
    DEFINITIONS.clear();
    PtxCompiler.check(text.toString());
  }

  /**
   * Runs lines that read their operands from {@code %rd1…%rd4} or, low words, {@code %r1…%r4} and
   * leave the result in {@code %rd9}.
   */
  static long[] run(String lines, List<long[]> operands) {
    return run("", lines, operands);
  }

  /** With variables and functions before the kernel; their names are a test class's own. */
  static long[] run(String definitions, String lines, List<long[]> operands) {
    int n = operands.size();
    RUN.add(lines);
    DEFINITIONS.add(definitions);
    String text = HEADER + definitions + kernel(lines).substring(HEADER.length());
    EmulatedGpu gpu = new EmulatedGpu().load("snippet", text);
    try (GpuStream stream = gpu.openStream();
        GpuMemory in = gpu.allocate("operands", 32L * n);
        GpuMemory out = gpu.allocate("results", 8L * n);
        HostMemory host = gpu.allocateHost("staging", 32L * n)) {
      ByteBuffer bytes = host.bytes().order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < 4; k++) {
          long[] row = operands.get(i);
          bytes.putLong(32 * i + 8 * k, k < row.length ? row[k] : 0);
        }
      }
      stream.upload(host, 0, in.address(), 32L * n);
      stream.launch(
          gpu.function("snippet", "k"), (n + 63) / 64, 64, in.address(), out.address(), n);
      stream.download(out.address(), host, 0, 8L * n);
      stream.synchronize();
      long[] results = new long[n];
      bytes.asLongBuffer().get(results);
      return results;
    }
  }
}
