// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLClassLoader;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of an accelerator and the host does a pointwise product. */
class SharedPointwiseTest {
  private final PointwiseProduct shared =
      new SharedPointwise(
          new CheckedPointwise(new Accelerator()), Kernels.pointwiseProduct("java"));

  @TempDir Path dir;

  private float first(int images, int pixels) {
    FloatBuffer x = FloatBuffer.allocate(images * pixels);
    x.put(0, 3);
    FloatBuffer y = FloatBuffer.allocate(images * pixels);
    shared.apply(images, 1, 1, pixels, FloatBuffer.wrap(new float[] {2}), null, x, y);
    return y.get(0);
  }

  @Test
  void whatTheAcceleratorDeclinesTheHostDoes() {
    assertEquals(Accelerator.MARK, first(1, 100));
    assertEquals(6, first(1, 99));
    assertEquals("accelerator", shared.name());
  }

  /** Else an image's bits would depend on its company. */
  @Test
  void theNumberOfImagesDoesNotDecide() {
    assertEquals(6, first(50, 99));
    assertEquals(Accelerator.MARK, first(2, 100));
  }

  @Test
  void wrongArgumentsAreRefusedBeforeTheRuleIsAsked() {
    FloatBuffer one = FloatBuffer.allocate(1);
    for (int[] s : new int[][] {{0, 1, 1}, {1, 0, 1}, {1, 1, 0}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> shared.apply(1, s[0], s[1], s[2], one, null, one, FloatBuffer.allocate(1)));
      PointwiseProduct checked = new CheckedPointwise(new Accelerator());
      assertThrows(IllegalArgumentException.class, () -> checked.declines(s[0], s[1], s[2]));
    }
  }

  @Test
  void withoutAnAcceleratorThereIsNothingToChoose() {
    assertEquals("", Kernels.pointwiseChoice(64, 64, 4096));
    assertEquals(List.of(Kernels.pointwiseProduct().name()), Kernels.pointwiseEngines());
  }

  /** Who is named is told when it is to compute. */
  @Test
  void aMissingEngineIsNoBusinessOfThePlan() {
    System.setProperty("ofp.pointwise", "abacus");
    try {
      assertEquals("", Kernels.pointwiseChoice(64, 64, 4096));
      assertThrows(KernelUnavailableException.class, Kernels::pointwiseProduct);
    } finally {
      System.clearProperty("ofp.pointwise");
    }
  }

  @Test
  void withOneKernelsShareAndSaySo() throws Exception {
    Path services = Files.createDirectories(dir.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("org.ofp.kernels.PointwiseProduct"), Accelerator.class.getName());
    try (URLClassLoader loader = ClassPath.of(dir, path -> !path.contains("bytedeco"))) {
      assertEquals("by accelerator", choice(loader, 100));
      assertEquals("on the CPU: 99 pixels are too few", choice(loader, 99));
      assertEquals("[accelerator, java]", ClassPath.kernels(loader, "pointwiseEngines").toString());
      String product = ClassPath.kernels(loader, "pointwiseProduct").getClass().getSimpleName();
      assertEquals(SharedPointwise.class.getSimpleName(), product);
      String list = ClassPath.kernels(loader, "list").toString();
      assertTrue(list.contains("name=accelerator, priority=100, available=true"), list);
      System.setProperty("ofp.pointwise", "accelerator");
      try {
        assertEquals("", choice(loader, 99));
        assertEquals("[accelerator]", ClassPath.kernels(loader, "pointwiseEngines").toString());
        product = ClassPath.kernels(loader, "pointwiseProduct").getClass().getSimpleName();
        assertEquals(CheckedPointwise.class.getSimpleName(), product);
      } finally {
        System.clearProperty("ofp.pointwise");
      }
    }
  }

  private static String choice(ClassLoader loader, int pixels) throws Exception {
    return (String)
        ClassPath.kernels(loader)
            .getMethod("pointwiseChoice", int.class, int.class, int.class)
            .invoke(null, 8, 8, pixels);
  }
}
