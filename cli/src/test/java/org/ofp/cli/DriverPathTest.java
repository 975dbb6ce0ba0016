// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ofp.cli.io.NpyArray;

/** Drivers that were not built here, in every state in which they may be delivered. */
class DriverPathTest extends CommandTestFolder {
  private Path drivers;

  @BeforeEach
  void makeFolder() throws IOException {
    drivers = Files.createDirectory(folder.resolve("drivers"));
  }

  @Test
  void aJarInAFolderIsFoundListedDescribedAndUsed() throws IOException {
    ToyDriver.right(drivers.resolve("toy.jar"));
    String path = drivers.toString();
    String list = succeed("devices", "--driver-path", path).out();
    assertTrue(list.matches("(?s).*toy +yes +toy of 8 by 6 pixels +toy:one +always there.*"), list);
    assertTrue(list.contains("sim:ideal"), list);
    assertTrue(succeed("--driver-path", path, "info", "toy:one").out().contains("toy 1"));
    String in = write("in.npy", NpyArray.real(new float[] {1, 0, 0, 0}, 2, 2));
    succeed("transform", "toy:one", in, path("out.npy"), "--driver-path", path);
    assertEquals(0.5f, read("out.npy").values()[0], 1e-5);
  }

  @Test
  void theRightDriverPassesTheSuiteAndTheWrongOneFailsIt() throws IOException {
    String both =
        ToyDriver.right(folder.resolve("toy.jar"))
            + File.pathSeparator
            + ToyDriver.wrong(folder.resolve("awry.jar"));
    OfpRun right = OfpRun.of("tck", "toy:one", "--driver-path", both);
    assertEquals(0, right.status(), right.out() + right.err());
    assertTrue(right.out().contains("The device conforms: "), right.out());
    OfpRun wrong = OfpRun.of("tck", "awry:one", "--driver-path", both);
    assertEquals(1, wrong.status(), wrong.out() + wrong.err());
    assertTrue(wrong.out().contains(" FAILED: "), wrong.out());
    assertTrue(wrong.out().contains("The device does not conform: "), wrong.out());
    assertEquals("", wrong.err());
  }

  @Test
  void theEnvironmentNamesThePathUnlessAnOptionDoes() throws IOException {
    ToyDriver.right(drivers.resolve("toy.jar"));
    Map<String, String> variable = Map.of("OFP_DRIVER_PATH", drivers.toString());
    assertEquals(0, OfpRun.with(variable, "info", "toy:one").status());
    String other = ToyDriver.wrong(folder.resolve("awry.jar")).toString();
    OfpRun.with(variable, "info", "toy:one", "--driver-path", other).assertFails(2, "no driver");
    Map<String, String> missing = Map.of("OFP_DRIVER_PATH", path("none"));
    OfpRun.with(missing, "devices").assertFails(1, "OFP_DRIVER_PATH: ", "none: no such file");
    assertEquals(0, OfpRun.with(missing, "devices", "--help").status());
    assertEquals(0, OfpRun.with(Map.of("OFP_DRIVER_PATH", ""), "devices").status());
  }

  @Test
  void driversOfOneRunAreGoneInTheNext() throws IOException {
    ToyDriver.right(drivers.resolve("toy.jar"));
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    succeed("info", "toy:one", "--driver-path", drivers.toString());
    assertEquals(before, Thread.currentThread().getContextClassLoader());
    fail(2, "no driver for 'toy:'", "info", "toy:one");
  }

  @Test
  void whatIsNamedMustBeThereAndBeAJar() throws IOException {
    fail(1, "none.jar: no such file", "devices", "--driver-path", path("none.jar"));
    String text = write("notes.txt", "hello".getBytes(StandardCharsets.UTF_8));
    fail(1, "notes.txt: is not a jar", "devices", "--driver-path", text);
    fail(1, "is not a jar, or a damaged one", "info", "sim:ideal", "--driver-path", truncated());
    fail(2, "'a\\u0000b' is no path", "devices", "--driver-path", "a\0b");
    fail(2, "driver-path", "devices", "--driver-path");
  }

  @Test
  void aDamagedJarInAFolderIsReportedAndHidesNoOther() throws IOException {
    ToyDriver.right(drivers.resolve("toy.jar"));
    Files.move(Path.of(truncated()), drivers.resolve("damaged.jar"));
    List<JsonNode> found = drivers("--driver-path", drivers.toString());
    assertUsable(found, "toy", true);
    assertUsable(found, "sim", true);
    assertReason(found, "damaged.jar: is not a jar, or a damaged one");
    OfpRun run = succeed("info", "toy:one", "--driver-path", drivers.toString());
    assertTrue(run.err().startsWith("ofp: warning: --driver-path: "), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void aFolderWithoutJarsIsToldOf() throws IOException {
    assertReason(drivers("--driver-path", drivers.toString()), "drivers: the folder has no .jar");
  }

  @Test
  void aDriverWithoutItsClassIsReportedAndHidesNoOther() throws IOException {
    Map<String, byte[]> files = new HashMap<>(ToyDriver.compile("awry", ""));
    files.remove("com/example/awry/ToyProvider.class");
    assertRejected(files, "com.example.awry.ToyProvider not found");
  }

  @Test
  void aDriverForANewerJavaIsReportedAndHidesNoOther() throws IOException {
    Map<String, byte[]> files = new HashMap<>(ToyDriver.compile("awry", ""));
    files.get("com/example/awry/ToyProvider.class")[7] = 99; // the class file's version
    assertRejected(files, "class file version 99");
  }

  @Test
  void aDriverThatLacksAClassIsReportedWhenItIsOpened() throws IOException {
    Map<String, byte[]> files = new HashMap<>(ToyDriver.compile("awry", ""));
    files.remove("com/example/awry/ToyDevice.class");
    ToyDriver.pack(drivers.resolve("awry.jar"), files);
    OfpRun run = OfpRun.of("info", "awry:one", "--driver-path", drivers.toString());
    run.assertFails(1, "com/example/awry/ToyDevice");
  }

  @Test
  void twoDriversOfOneSchemeAreBothRejected() throws IOException {
    ToyDriver.right(drivers.resolve("a.jar"));
    Map<String, byte[]> files = ToyDriver.compile("sim", "-");
    ToyDriver.pack(drivers.resolve("b.jar"), files);
    List<JsonNode> found = drivers("--driver-path", drivers.toString());
    assertUsable(found, "sim", false);
    assertUsable(found, "toy", true);
    assertReason(found, "two drivers claim it");
  }

  private void assertRejected(Map<String, byte[]> files, String reason) throws IOException {
    ToyDriver.pack(drivers.resolve("a.jar"), files);
    ToyDriver.right(drivers.resolve("b.jar"));
    List<JsonNode> found = drivers("--driver-path", drivers.toString());
    assertUsable(found, "toy", true);
    assertUsable(found, "sim", true);
    assertReason(found, reason);
  }

  private static List<JsonNode> drivers(String... args) throws IOException {
    String[] all = new String[args.length + 2];
    all[0] = "devices";
    all[1] = "--json";
    System.arraycopy(args, 0, all, 2, args.length);
    List<JsonNode> drivers = new ArrayList<>();
    json(succeed(all)).get("drivers").forEach(drivers::add);
    return drivers;
  }

  private static void assertUsable(List<JsonNode> drivers, String scheme, boolean usable) {
    JsonNode driver =
        drivers.stream()
            .filter(d -> d.get("scheme").asText().equals(scheme))
            .findFirst()
            .orElseThrow(() -> new AssertionError(scheme + " is not in " + drivers));
    assertEquals(usable, driver.get("usable").asBoolean(), driver.toString());
  }

  private static void assertReason(List<JsonNode> drivers, String reason) {
    JsonNode driver =
        drivers.stream()
            .filter(d -> d.get("reason").asText().contains(reason))
            .findFirst()
            .orElseThrow(() -> new AssertionError(reason + " is not in " + drivers));
    assertFalse(driver.get("usable").asBoolean(), driver.toString());
  }

  private String truncated() throws IOException {
    byte[] jar = Files.readAllBytes(ToyDriver.right(folder.resolve("whole.jar")));
    Files.delete(folder.resolve("whole.jar"));
    return write("damaged.jar", Arrays.copyOf(jar, jar.length / 2));
  }
}
