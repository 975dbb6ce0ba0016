// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which engines are found, chosen and refused; other class paths are tried in class loaders. */
class KernelsTest {

  @TempDir Path dir;

  @Test
  void everyEngineIsListedAndAvailableHere() {
    for (String kind : List.of("fft", "product", "pointwise")) {
      List<String> names =
          Kernels.list().stream()
              .filter(s -> s.kind().equals(kind) && s.available() && s.reason().isEmpty())
              .map(KernelStatus::name)
              .collect(Collectors.toCollection(ArrayList::new));
      if (!Engines.mklExpected()) {
        names.remove("mkl");
        names.add(kind.equals("product") && !Processor.isIntel() ? 1 : 0, "mkl");
      }
      boolean openBlasFirst = kind.equals("product") && !Processor.isIntel();
      assertEquals(
          kind.equals("fft")
              ? List.of("mkl", "jtransforms")
              : openBlasFirst
                  ? List.of("openblas", "mkl", "java")
                  : List.of("mkl", "openblas", "java"),
          names);
    }
  }

  @Test
  void theBestIsTheFirstOfTheList() {
    assertSame(Kernels.fft(Engines.fft().findFirst().orElseThrow()), Kernels.fft());
    assertSame(
        Kernels.complexProduct(Engines.product().findFirst().orElseThrow()),
        Kernels.complexProduct());
    assertSame(
        Kernels.pointwiseProduct(Engines.pointwise().findFirst().orElseThrow()),
        Kernels.pointwiseProduct());
  }

  @Test
  void aPropertyForcesAnEngine() {
    System.setProperty("ofp.fft", "jtransforms");
    try {
      assertEquals("jtransforms", Kernels.fft().name());
      System.setProperty("ofp.fft", "abacus");
      assertThrows(KernelUnavailableException.class, Kernels::fft);
    } finally {
      System.clearProperty("ofp.fft");
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    String message =
        assertThrows(KernelUnavailableException.class, () -> Kernels.fft("abacus")).getMessage();
    assertTrue(message.contains("no fft engine 'abacus'"), message);
    assertTrue(message.contains("jtransforms (available)"), message);
  }

  @Test
  void withoutTheJarsTheReasonsAreGivenAndJavaDoesTheWork() throws Exception {
    try (URLClassLoader loader = classPath(path -> !path.contains("bytedeco"))) {
      String list = call(loader, "list").toString();
      assertTrue(list.contains("org.bytedeco:mkl is not on the class path"), list);
      assertTrue(list.contains("org.bytedeco:openblas is not on the class path"), list);
      assertEquals("jtransforms", name(call(loader, "fft")));
      assertEquals("java", name(call(loader, "complexProduct")));
      assertEquals("java", name(call(loader, "pointwiseProduct")));
      Throwable refusal =
          assertThrows(
                  InvocationTargetException.class,
                  () ->
                      ClassPath.kernels(loader).getMethod("fft", String.class).invoke(null, "mkl"))
              .getCause();
      assertEquals("KernelUnavailableException", refusal.getClass().getSimpleName());
      assertTrue(refusal.getMessage().contains("not on the class path"), refusal.getMessage());
      assertTrue(refusal.getMessage().contains("jtransforms (available)"), refusal.getMessage());
    }
  }

  @Test
  void withoutTheNativesTheReasonSaysSo() throws Exception {
    Predicate<String> withoutNatives =
        path ->
            !path.contains("bytedeco") || path.matches(".*/(mkl|openblas|javacpp)-[0-9.-]+\\.jar");
    try (URLClassLoader loader = classPath(withoutNatives)) {
      String list = call(loader, "list").toString();
      assertTrue(
          list.contains("the natives of org.bytedeco:mkl for this platform are missing"), list);
      assertTrue(list.contains("the natives of org.bytedeco:openblas for this platform"), list);
      assertEquals("jtransforms", name(call(loader, "fft")));
    }
  }

  @Test
  void aBrokenProviderHidesNoOther() throws Exception {
    Path services = Files.createDirectories(dir.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("org.ofp.kernels.FftKernel"),
        "org.ofp.kernels.NoSuchClass\n"
            + BrokenAtConstruction.class.getName()
            + "\n"
            + BrokenAtProbe.class.getName()
            + "\n");
    try (URLClassLoader loader = classPath(path -> !path.contains("bytedeco"))) {
      assertEquals("jtransforms", name(call(loader, "fft")));
      String list = call(loader, "list").toString();
      assertTrue(list.contains("NoSuchClass not found"), list);
      assertTrue(list.contains("BrokenAtConstruction could not be instantiated"), list);
      assertTrue(list.contains("name=probe, priority=90, available=false"), list);
      assertTrue(list.contains("no device today"), list);
      assertTrue(list.contains("name=jtransforms, priority=10, available=true"), list);
      assertFalse(list.contains("probed again"), list);
    }
  }

  /** A provider that cannot even be constructed. */
  public static final class BrokenAtConstruction extends BrokenAtProbe {
    public BrokenAtConstruction() {
      throw new IllegalStateException("broken");
    }
  }

  /** A provider that fails, and would fail differently a second time. */
  public static class BrokenAtProbe implements FftKernel {
    private boolean probed;

    @Override
    public String name() {
      return "probe";
    }

    @Override
    public int priority() {
      return 90;
    }

    @Override
    public void probe() {
      if (probed) {
        throw new IllegalStateException("probed again");
      }
      probed = true;
      throw new UnsatisfiedLinkError("no device today");
    }

    @Override
    public FftPlan plan(int rows, int cols) {
      throw new AssertionError();
    }
  }

  private URLClassLoader classPath(Predicate<String> wanted) throws Exception {
    return ClassPath.of(dir, wanted);
  }

  private static Object call(ClassLoader loader, String method) throws Exception {
    return ClassPath.kernels(loader, method);
  }

  private static String name(Object engine) throws Exception {
    Method name = engine.getClass().getDeclaredMethod("name");
    name.setAccessible(true);
    return (String) name.invoke(engine);
  }
}
