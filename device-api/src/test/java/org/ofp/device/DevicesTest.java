// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test puts its own providers on the class path of the context class loader. */
class DevicesTest {
  private static final List<TestBench> OPENED = new ArrayList<>();

  /** A driver that opens {@link TestBench}. */
  public static class Fake implements DeviceProvider {
    @Override
    public String scheme() {
      return "fake";
    }

    @Override
    public String summary() {
      return "a fake";
    }

    @Override
    public int apiLevel() {
      return OpticalFourierDevice.API_LEVEL;
    }

    @Override
    public List<String> bodies() {
      return List.of("one");
    }

    @Override
    public List<OptionSpec> options(String body) {
      return List.of(OptionSpec.integer("bits", 1, 16, "8", "bits"));
    }

    @Override
    public Availability probe() {
      return Availability.yes("here");
    }

    @Override
    public OpticalFourierDevice open(
        String body, Options options, Optional<OpticalFourierDevice> inner) {
      TestBench bench = TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP);
      OPENED.add(bench);
      return bench;
    }
  }

  /** A second driver for the same scheme. */
  public static class Twin extends Fake {}

  /** And a third. */
  public static class Triplet extends Fake {}

  /** A driver for an older SDK. */
  public static class Old extends Fake {
    @Override
    public int apiLevel() {
      return 0;
    }
  }

  /** A driver whose probe fails. */
  public static class Angry extends Fake {
    @Override
    public String scheme() {
      return "angry";
    }

    @Override
    public Availability probe() {
      throw new IllegalStateException("bus on fire");
    }
  }

  /** A driver whose native library is missing. */
  public static class Unlinked extends Fake {
    @Override
    public String scheme() {
      return "unlinked";
    }

    @Override
    public Availability probe() {
      throw new UnsatisfiedLinkError("libx.so");
    }
  }

  /** A driver that says why it cannot work. */
  public static class Absent extends Fake {
    @Override
    public String scheme() {
      return "absent";
    }

    @Override
    public Availability probe() {
      return Availability.no("libcuda.so.1 not found");
    }
  }

  /** A driver that cannot be made. */
  public static class Unmakeable extends Fake {
    public Unmakeable() {
      throw new IllegalStateException("no licence");
    }
  }

  /** A driver without a name. */
  public static class Nameless extends Fake {
    @Override
    public String scheme() {
      throw new UnsupportedOperationException("nameless");
    }
  }

  /** A driver that does not open. */
  public static class Stuck extends Fake {
    @Override
    public String scheme() {
      return "stuck";
    }

    @Override
    public OpticalFourierDevice open(
        String body, Options options, Optional<OpticalFourierDevice> inner) {
      throw new DeviceException(ErrorCode.DEVICE_FAILURE, "stuck shutter");
    }

    @Override
    public boolean isDecorator() {
      return true;
    }
  }

  /** A decorator that keeps its name, body and what it wraps. */
  public static class Wrap extends Fake {
    @Override
    public String scheme() {
      return "wrap";
    }

    @Override
    public boolean isDecorator() {
      return true;
    }

    @Override
    public List<OptionSpec> options(String body) {
      return List.of(OptionSpec.text("note", "none", "a note"));
    }

    @Override
    public OpticalFourierDevice open(
        String body, Options options, Optional<OpticalFourierDevice> inner) {
      return new Wrapped(body + "/" + options.text("note"), inner.orElseThrow());
    }
  }

  private static final class Wrapped extends ForwardingDevice {
    private final String name;

    Wrapped(String name, OpticalFourierDevice inner) {
      super(inner);
      this.name = name;
    }

    String name() {
      return name;
    }

    OpticalFourierDevice inner() {
      return device();
    }
  }

  /** Does not show the SDK's own decorators, which are on the class path of this test. */
  private static final class OwnServices extends URLClassLoader {
    OwnServices(URL[] urls, ClassLoader parent) {
      super(urls, parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.startsWith("META-INF/services/") ? findResources(name) : super.getResources(name);
    }
  }

  @TempDir Path folder;
  private ClassLoader before;
  private int folders;

  @BeforeEach
  void remember() {
    before = Thread.currentThread().getContextClassLoader();
    OPENED.clear();
  }

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  private void install(Class<?>... providers) throws IOException {
    install(Stream.of(providers).map(Class::getName).collect(Collectors.joining("\n")));
  }

  /** One service file per argument, each in a class path entry of its own. */
  private void install(String... serviceFiles) throws IOException {
    URL[] urls = new URL[serviceFiles.length];
    for (int i = 0; i < urls.length; i++) {
      Path root = folder.resolve("entry" + folders++);
      Path services = Files.createDirectories(root.resolve("META-INF/services"));
      Files.writeString(services.resolve(DeviceProvider.class.getName()), serviceFiles[i]);
      urls[i] = root.toUri().toURL();
    }
    Thread.currentThread().setContextClassLoader(new OwnServices(urls, before));
  }

  private static Map<String, Devices.Driver> drivers() {
    return Devices.drivers().stream().collect(Collectors.toMap(Devices.Driver::scheme, d -> d));
  }

  @Test
  void opensByScheme() throws IOException {
    install(Fake.class, Wrap.class);
    try (OpticalFourierDevice device = Devices.open("fake:one?bits=3")) {
      assertEquals("test", device.description().id());
    }
    assertTrue(OPENED.get(0).closed);
    assertEquals("3", Devices.options(DeviceUri.parse("fake:?bits=3")).get(0).defaultValue());
    assertEquals("8", Devices.options(DeviceUri.parse("wrap:@fake:")).get(0).defaultValue());
    Devices.Driver driver = drivers().get("fake");
    assertEquals(List.of("one"), driver.bodies());
    assertEquals("a fake", driver.summary());
    assertTrue(driver.availability().usable());
  }

  @Test
  void nothingOnTheClassPathIsSaid() throws IOException {
    install("# nothing\n");
    assertEquals(List.of(), Devices.drivers());
    assertFails(ErrorCode.UNKNOWN_SCHEME, () -> Devices.open("fake:"), "'fake:'", "nothing");
  }

  @Test
  void anUnknownSchemeGetsASuggestion() throws IOException {
    install(Fake.class);
    assertFails(
        ErrorCode.UNKNOWN_SCHEME, () -> Devices.open("fak:"), "'fak:'", "did you mean 'fake'?");
  }

  @Test
  void optionsAreCheckedBeforeOpening() throws IOException {
    install(Fake.class);
    assertFails(ErrorCode.UNKNOWN_OPTION, () -> Devices.open("fake:?bit=3"), "'bits'");
    assertFails(ErrorCode.INVALID_OPTION, () -> Devices.open("fake:?bits=17"), "1 to 16");
    assertEquals(List.of(), OPENED);
  }

  @Test
  void decoratorsNestOutermostFirst() throws IOException {
    install(Fake.class, Wrap.class);
    OpticalFourierDevice device = Devices.open("wrap:a?note=x@wrap:b@fake:");
    assertEquals("a/x", ((Wrapped) device).name());
    Wrapped inner = (Wrapped) ((Wrapped) device).inner();
    assertEquals("b/none", inner.name());
    assertEquals(OPENED.get(0), inner.inner());
    device.close();
    assertTrue(OPENED.get(0).closed);
  }

  @Test
  void devicesAndDecoratorsAreNotMistakenForEachOther() throws IOException {
    install(Fake.class, Wrap.class);
    assertFails(ErrorCode.MALFORMED_URI, () -> Devices.open("wrap:a"), "'wrap:'", "'@'");
    assertFails(ErrorCode.MALFORMED_URI, () -> Devices.open("fake:@fake:"), "'fake:'");
    assertTrue(OPENED.get(0).closed, "what was opened already is closed again");
  }

  @Test
  void aFailingDecoratorClosesWhatItWasToWrap() throws IOException {
    install(Fake.class, Stuck.class, Wrap.class);
    for (String uri : List.of("stuck:@fake:", "stuck:@wrap:@fake:", "wrap:?no=1@fake:")) {
      OPENED.clear();
      assertThrows(DeviceException.class, () -> Devices.open(uri));
      assertEquals(1, OPENED.size(), uri);
      assertTrue(OPENED.get(0).closed, uri);
    }
  }

  @Test
  void twoDriversOfOneSchemeServeNeither() throws IOException {
    for (Class<?>[] order :
        new Class<?>[][] {{Fake.class, Twin.class}, {Fake.class, Twin.class, Triplet.class}}) {
      List<Class<?>> all = new ArrayList<>(List.of(order));
      all.add(Wrap.class);
      install(all.toArray(Class<?>[]::new));
      assertFails(
          ErrorCode.UNAVAILABLE,
          () -> Devices.open("fake:"),
          "'fake:'",
          "two drivers",
          Fake.class.getName(),
          Twin.class.getName());
      assertTrue(
          Devices.drivers().stream()
              .noneMatch(d -> d.scheme().equals("fake") && d.availability().usable()));
      assertTrue(usable().contains("wrap"), "others are not hidden");
    }
  }

  private static List<String> usable() {
    return Devices.drivers().stream()
        .filter(d -> d.availability().usable())
        .map(Devices.Driver::scheme)
        .toList();
  }

  @Test
  void theApiLevelIsChecked() throws IOException {
    install(Old.class);
    assertFails(
        ErrorCode.UNAVAILABLE, () -> Devices.open("fake:"), Old.class.getName(), "level 0", "1");
    assertFalse(drivers().get("fake").availability().usable());
  }

  @Test
  void anOldDriverDoesNotHideACurrentOneWhicheverComesFirst() throws IOException {
    for (Class<?>[] order : new Class<?>[][] {{Old.class, Fake.class}, {Fake.class, Old.class}}) {
      install(order);
      Devices.open("fake:").close();
      assertEquals(List.of("fake"), usable());
      assertEquals(2, Devices.drivers().size(), "the old one is listed with its reason");
    }
  }

  @Test
  void brokenEntriesAreListedAndHideNoOther() throws IOException {
    install(
        "org.nowhere.Missing\n" + Fake.class.getName(),
        "this is no class name\n",
        Unmakeable.class.getName()
            + "\n"
            + Nameless.class.getName()
            + "\n"
            + DevicesTest.class.getName(),
        Wrap.class.getName());
    Devices.open("wrap:@fake:").close();
    List<Devices.Driver> drivers = Devices.drivers();
    assertEquals(List.of("fake", "wrap"), usable());
    String reasons =
        drivers.stream()
            .filter(d -> !d.availability().usable())
            .map(d -> d.scheme() + ": " + d.availability().reason())
            .collect(Collectors.joining("\n"));
    assertEquals(5, drivers.size() - 2, reasons);
    for (String part :
        List.of(
            "org.nowhere.Missing not found",
            "Illegal",
            Unmakeable.class.getName() + ": it is broken: java.lang.IllegalStateException",
            "no licence",
            Nameless.class.getName() + ": it is broken: java.lang.UnsupportedOperationException",
            DevicesTest.class.getName() + " not a subtype")) {
      assertTrue(reasons.contains(part), () -> part + " in " + reasons);
    }
  }

  @Test
  void aProbeThatFailsIsAReasonAndHidesNoOther() throws IOException {
    install(Angry.class, Unlinked.class, Absent.class, Fake.class);
    Map<String, Devices.Driver> drivers = drivers();
    assertTrue(drivers.get("angry").availability().reason().contains("bus on fire"));
    assertTrue(drivers.get("unlinked").availability().reason().contains("libx.so"));
    assertEquals("libcuda.so.1 not found", drivers.get("absent").availability().reason());
    assertTrue(drivers.get("fake").availability().usable());
    assertFails(ErrorCode.UNAVAILABLE, () -> Devices.open("angry:"), "bus on fire");
    assertFails(ErrorCode.UNAVAILABLE, () -> Devices.open("unlinked:"), "libx.so");
    assertFails(
        ErrorCode.UNAVAILABLE, () -> Devices.open("absent:x?bits=2"), "libcuda.so.1 not found");
    assertEquals(List.of(), OPENED, "no silent fallback");
  }

  @Test
  void thousandsOfBrokenEntriesEnd() throws IOException {
    install(
        Stream.iterate(0, i -> i + 1)
            .limit(2000)
            .map(i -> "org.nowhere.Missing" + i)
            .collect(Collectors.joining("\n")));
    assertTrue(Devices.drivers().size() <= 2000);
  }
}
