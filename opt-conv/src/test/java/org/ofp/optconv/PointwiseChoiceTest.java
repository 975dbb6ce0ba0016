// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.kernels.PointwiseProduct;

/** What a plan says of pointwise layers with an accelerator and without. */
class PointwiseChoiceTest {
  private static final String PRODUCT = "a kernel of 1×1 is a matrix product per pixel";

  @TempDir Path dir;

  /** Says which sizes it was asked about. */
  public static final class Accelerator implements PointwiseProduct {
    @Override
    public String name() {
      return "accelerator";
    }

    @Override
    public int priority() {
      return ACCELERATOR;
    }

    @Override
    public void probe() {}

    @Override
    public void apply(
        int images,
        int cout,
        int cin,
        int pixels,
        FloatBuffer w,
        FloatBuffer bias,
        FloatBuffer x,
        FloatBuffer y) {
      throw new AssertionError("a plan computes nothing");
    }

    @Override
    public String declines(int cout, int cin, int pixels) {
      return cout >= 100 ? "" : "not " + cin + " to " + cout + " on " + pixels + " pixels";
    }
  }

  /** The reasons of some layers on maps of 10×20; run where the accelerator is found, too. */
  static String reasons() {
    List<LayerSpec> layers =
        List.of(
            ConvolutionSpec.of(8, 100, 1),
            ConvolutionSpec.of(8, 99, 1),
            ConvolutionSpec.of(100, 100, 1).groups(2),
            ConvolutionSpec.of(8, 16, 1).stride(3, 5).padding(1, 0),
            TransposedSpec.of(8, 16, 1).stride(2, 2),
            ConvolutionSpec.of(8, 100, 3));
    StringBuilder text = new StringBuilder();
    for (LayerSpec layer : layers) {
      text.append(
              new NetworkLayer("a", layer, 10, 20, Route.ELECTRONIC, "")
                  .routed(RoutingPolicy.defaults())
                  .reason())
          .append('\n');
    }
    return text.toString();
  }

  @Test
  void withAnAcceleratorTheReasonNamesWhoComputes() throws Exception {
    Path services = Files.createDirectories(dir.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(PointwiseProduct.class.getName()), Accelerator.class.getName());
    List<URL> urls = new ArrayList<>(List.of(dir.toUri().toURL()));
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(new File(path).toURI().toURL());
    }
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls.toArray(new URL[0]), platform)) {
      Method reasons =
          loader.loadClass(PointwiseChoiceTest.class.getName()).getDeclaredMethod("reasons");
      reasons.setAccessible(true);
      assertEquals(
          """
          %1$s, by accelerator
          %1$s, on the CPU: not 8 to 99 on 200 pixels
          %1$s, on the CPU: not 50 to 50 on 200 pixels
          %1$s, on the CPU: not 8 to 16 on 16 pixels
          %1$s, on the CPU: not 8 to 16 on 200 pixels
          a kernel of 3×3 is larger than 1×1
          """
              .formatted(PRODUCT),
          reasons.invoke(null));
    }
  }

  /** Holds where the tests run without an accelerator, or one is not to be used. */
  @Test
  void withoutOneItSaysNothing() {
    System.setProperty("ofp.pointwise", "java");
    try {
      assertEquals((PRODUCT + "\n").repeat(5) + "a kernel of 3×3 is larger than 1×1\n", reasons());
    } finally {
      System.clearProperty("ofp.pointwise");
    }
  }
}
