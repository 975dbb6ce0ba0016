// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The program for machines with a GPU runs, on an emulated one. */
class PointwiseBenchmarkTest {
  @Test
  void printsALineForEachWay() {
    TestGpu gpu = new TestGpu();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    new PointwiseBenchmark(gpu, 3, 4, 64).print(out);
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertEquals(5, text.lines().filter(line -> line.contains("Gflop/s")).count(), text);
    assertTrue(text.contains("the rule: on the CPU"), text);
    assertEquals(List.of(), gpu.alive());
  }
}
