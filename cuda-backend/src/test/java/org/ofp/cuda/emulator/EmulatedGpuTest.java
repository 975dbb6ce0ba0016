// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ofp.cuda.gpu.GpuMemory;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** What the emulated GPU reports of wrong kernels and wrong use: each a negative control. */
class EmulatedGpuTest {

  /** Runs lines with {@code %r13} the thread's number and {@code %rd1} the address of 256 bytes. */
  private static GpuFault fault(String lines) {
    EmulatedGpu gpu = new EmulatedGpu().load("m", kernel(lines));
    GpuStream stream = gpu.openStream();
    GpuMemory memory = gpu.allocate("frame", 256);
    stream.clear(memory.address(), 128);
    stream.launch(gpu.function("m", "k"), 2, 32, memory.address());
    GpuFault fault = assertThrows(GpuFault.class, stream::synchronize);
    DeviceException later = assertThrows(DeviceException.class, stream::synchronize);
    assertEquals(ErrorCode.DEVICE_LOST, later.code());
    return fault;
  }

  private static String kernel(String lines) {
    return Snippet.HEADER
        + ".visible .entry k(.param .u64 k0)\n{\n.shared .align 4 .b8 s[128];\n"
        + "ld.param.u64 %rd1, [k0];\nmov.u32 %r12, %tid.x;\nmov.u32 %r10, %ctaid.x;\n"
        + "mad.lo.s32 %r13, %r10, 32, %r12;\nmul.wide.s32 %rd2, %r13, 4;\n"
        + "add.s64 %rd2, %rd1, %rd2;\nmul.wide.s32 %rd4, %r12, 4;\nmov.u64 %rd3, s;\n"
        + "add.s64 %rd4, %rd3, %rd4;\n"
        + lines
        + "\nret;\n}\n";
  }

  private static void says(GpuFault fault, String... parts) {
    for (String part : parts) {
      assertTrue(fault.getMessage().contains(part), fault.getMessage());
    }
  }

  @Test
  void accessesBeyondMemoryAreFound() {
    says(
        fault("st.global.u32 [%rd2+4], %r13;"),
        "kernel k, block 1, thread 31, m:",
        "`st.global.u32 [%rd2+4], %r13;`",
        "256 bytes after the start",
        "'frame' of 256 bytes");
  }

  @Test
  void otherWrongAccessesAreFound() {
    says(fault("ld.global.u32 %r1, [%rd2+128];"), "never written", "byte 128 of 'frame'");
    says(fault("ld.global.u32 %r1, [%rd2+-4];"), "-4 bytes after the start of 'frame'");
    says(fault("ld.global.u32 %r1, [%rd2+2];"), "misaligned");
    says(fault("ld.shared.u32 %r1, [%rd2];"), "not an address of space SHARED");
    says(fault("ld.global.u32 %r1, [%rd4];"), "not an address of space GLOBAL");
    says(fault("st.shared.u32 [%rd4+4], %r1;"), "4 bytes at byte 128 of shared memory");
    says(fault("ld.shared.u32 %r1, [%rd4];"), "never written", "shared memory");
    says(fault("mov.u32 %r1, 0; div.s32 %r1, %r1, %r1;"), "by zero");
    says(fault("trap;"), "gave up");
  }

  @Test
  void racesAndBarriersMissedAreFound() {
    String write = "st.shared.u32 [%rd4], %r12;";
    String neighbour = "xor.b32 %r5, %r12, 1; mul.wide.s32 %rd5, %r5, 4; add.s64 %rd5, %rd3, %rd5;";
    String read = neighbour + "ld.shared.u32 %r6, [%rd5];";
    says(fault(write + read), "race: reads word", "without a barrier");
    says(fault(write + "bar.sync 0;" + read + write), "race: writes word", "read by thread");
    says(fault("mov.u64 %rd6, s; st.shared.u32 [%rd6], %r12;"), "race: writes word 0");
    says(
        fault("setp.gt.s32 %p1, %r12, 7; @%p1 ret; bar.sync 0;"),
        "does not come to the barrier",
        "thread 8");
    // With the barriers that belong there nothing is reported.
    EmulatedGpu gpu =
        new EmulatedGpu().load("m", kernel(write + "bar.sync 0;" + read + "bar.sync 0;" + write));
    GpuStream stream = gpu.openStream();
    stream.launch(gpu.function("m", "k"), 2, 32, 0L);
    stream.synchronize();
  }

  @Test
  void argumentsOfTheWrongTypeAreFound() {
    EmulatedGpu gpu = new EmulatedGpu().load("m", kernel(""));
    GpuStream stream = gpu.openStream();
    stream.launch(gpu.function("m", "k"), 1, 32, 1);
    says(assertThrows(GpuFault.class, stream::synchronize), "argument 0 is a Integer", "Long");
  }

  @Test
  void freedMemoryIsNotUsed() {
    EmulatedGpu gpu = new EmulatedGpu();
    GpuStream stream = gpu.openStream();
    GpuMemory memory = gpu.allocate("frame", 256);
    assertEquals(0, memory.address() % 256);
    memory.close();
    memory.close();
    stream.clear(memory.address(), 4);
    says(assertThrows(GpuFault.class, stream::synchronize), "cuMemsetD8Async", "'frame'", "freed");
  }

  @Test
  void resultsAreThereOnlyAfterSynchronisation() {
    EmulatedGpu gpu = new EmulatedGpu();
    try (GpuStream stream = gpu.openStream();
        GpuMemory memory = gpu.allocate("frame", 8);
        HostMemory host = gpu.allocateHost("staging", 8)) {
      stream.clear(memory.address(), 8);
      stream.download(memory.address(), host, 0, 8);
      assertEquals(-1, host.bytes().getLong(0));
      stream.synchronize();
      assertEquals(0, host.bytes().getLong(0));
      assertEquals(List.of("frame", "host memory: staging", "stream"), gpu.alive());
    }
    assertEquals(List.of(), gpu.alive());
  }

  @Test
  void hostMemoryIsLeftAloneWhileItIsCopied() {
    EmulatedGpu gpu = new EmulatedGpu();
    GpuStream stream = gpu.openStream();
    GpuMemory memory = gpu.allocate("frame", 8);
    HostMemory host = gpu.allocateHost("staging", 16);
    stream.upload(host, 8, memory.address(), 8);
    host.bytes().putLong(0, 1); // which nobody copies
    stream.synchronize();
    stream.download(memory.address(), host, 0, 8);
    says(assertThrows(GpuFault.class, host::close), "'staging' is freed while copies");
    EmulatedGpu other = new EmulatedGpu();
    GpuStream another = other.openStream();
    HostMemory from = other.allocateHost("records", 8);
    another.upload(from, 0, other.allocate("frame", 8).address(), 8);
    from.bytes().put(3, (byte) 7);
    says(assertThrows(GpuFault.class, another::synchronize), "'records' was written while");
    from.close();
  }

  @Test
  void memoryRunsOut() {
    EmulatedGpu gpu = new EmulatedGpu(1000);
    GpuMemory memory = gpu.allocate("frame", 600);
    DeviceException e = assertThrows(DeviceException.class, () -> gpu.allocate("spectrum", 500));
    assertEquals(ErrorCode.OUT_OF_MEMORY, e.code());
    assertEquals("cuMemAlloc: spectrum needs 500 bytes, 400 are free", e.getMessage());
    memory.close();
    assertEquals(1000, gpu.freeBytes());
  }

  @Test
  void callsFailAsAsked() {
    EmulatedGpu gpu = new EmulatedGpu();
    GpuStream stream = gpu.openStream();
    GpuMemory memory = gpu.allocate("frame", 8);
    gpu.failAt("cuMemsetD8Async", 2, ErrorCode.DEVICE_FAILURE);
    stream.clear(memory.address(), 8);
    assertThrows(DeviceException.class, () -> stream.clear(memory.address(), 8));
    stream.synchronize();
    gpu.failAt("cuMemsetD8Async", 1, ErrorCode.DEVICE_LOST);
    stream.clear(memory.address(), 8);
    for (int i = 0; i < 2; i++) {
      DeviceException lost = assertThrows(DeviceException.class, stream::synchronize);
      assertEquals(ErrorCode.DEVICE_LOST, lost.code());
    }
    memory.close();
    stream.close();
    assertEquals(List.of(), gpu.alive());
  }
}
