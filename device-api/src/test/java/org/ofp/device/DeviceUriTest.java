// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.ofp.device.Failures.assertFails;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceUriTest {
  @Test
  void takesAnAddressApart() {
    DeviceUri uri = DeviceUri.parse("record:run.ofpr@sim:demonstrator?seed=7&adc.bits=10");
    assertEquals(2, uri.layers().size());
    assertEquals(new DeviceUri.Layer("record", "run.ofpr", Map.of()), uri.layers().get(0));
    assertEquals("demonstrator", uri.innermost().body());
    assertEquals(
        List.of("seed", "adc.bits"), List.copyOf(uri.innermost().options().keySet()), "order");
    assertEquals("10", uri.innermost().options().get("adc.bits"));
  }

  @Test
  void takesTheAddressesOfTheSpecification() {
    for (String text :
        List.of(
            "sim:ideal",
            "sim:",
            "replay:run.ofpr",
            "faulty:?drop=0.01&seed=3@grpc://lab1:7070/bench-a",
            "sim:file=my-bench.yaml",
            "sim:file=C:\\benches\\mine.yaml?seed=1",
            "sim:ideal?a=&b==")) {
      assertEquals(text, DeviceUri.parse(text).toString());
    }
  }

  @Test
  void decodesAndEncodesReservedCharacters() {
    DeviceUri.Layer layer =
        DeviceUri.parse("sim:file=a%40b%20%3F%26%23%25.yaml?k%3De=%C3%A9%20%26").innermost();
    assertEquals("file=a@b ?&#%.yaml", layer.body());
    assertEquals(Map.of("k=e", "é &"), layer.options());
    assertEquals("sim:file=a%40b%20%3F%26%23%25.yaml?k%3De=é%20%26", layer.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sim",
        ":ideal",
        "C:\\bench.yaml",
        "c:\\bench.yaml",
        "x:ideal",
        "Sim:ideal",
        "sim :ideal",
        "sim-:ideal",
        "9p:x",
        "sim:ideal#a",
        "sim:a b",
        "sim:a%",
        "sim:a%2",
        "sim:a%zz",
        "sim:a%ff",
        "sim:%C3",
        "sim:ideal?",
        "sim:ideal?seed",
        "sim:ideal?=7",
        "sim:ideal?a=1&",
        "sim:ideal&a=1",
        "sim:a%１１",
        "sim:ideal?&a=1",
        "sim:ideal?a=1?b=2",
        "sim:ideal?seed=1&seed=1",
        "sim:ideal?seed=1&s%65ed=2",
        "@sim:ideal",
        "sim:ideal@",
        "record:a@@sim:b",
      })
  void rejectsWhatTheGrammarDoesNotHave(String text) {
    assertFails(ErrorCode.MALFORMED_URI, () -> DeviceUri.parse(text));
  }

  @Test
  void namesADuplicateKey() {
    assertFails(ErrorCode.MALFORMED_URI, () -> DeviceUri.parse("sim:x?seed=1&seed=2"), "'seed'");
  }

  @Test
  void limitsNestingAndLength() {
    String eight = String.join("@", java.util.Collections.nCopies(8, "wrap:"));
    assertEquals(8, DeviceUri.parse(eight).layers().size());
    assertFails(ErrorCode.MALFORMED_URI, () -> DeviceUri.parse(eight + "@wrap:"), "9", "8");
    DeviceUri.parse("sim:" + "x".repeat(8192 - 4));
    assertFails(
        ErrorCode.MALFORMED_URI, () -> DeviceUri.parse("sim:" + "x".repeat(8192 - 3)), "8193");
    assertFails(ErrorCode.MALFORMED_URI, () -> new DeviceUri(List.of()));
  }

  @Test
  void keepsControlCharactersOutOfMessages() {
    DeviceException e =
        assertThrows(DeviceException.class, () -> DeviceUri.parse("sim:a?\u001b[31m\nb"));
    assertEquals(-1, e.getMessage().indexOf('\u001b'));
    assertEquals(-1, e.getMessage().indexOf('\n'));
  }

  @Test
  void addsOptionsToTheInnermostLayerOnly() {
    DeviceUri uri = DeviceUri.parse("wrap:?a=1@sim:ideal").withOption("a", "2");
    assertEquals("wrap:?a=1@sim:ideal?a=2", uri.toString());
    assertFails(ErrorCode.MALFORMED_URI, () -> uri.withOption("a", "3"), "'a'");
    assertFails(ErrorCode.MALFORMED_URI, () -> uri.withOption("", "3"));
  }

  @Test
  void layersMadeByHandObeyTheGrammarToo() {
    assertFails(ErrorCode.MALFORMED_URI, () -> new DeviceUri.Layer("s", "", Map.of()));
    assertFails(ErrorCode.MALFORMED_URI, () -> new DeviceUri.Layer("a@b", "", Map.of()));
    assertFails(ErrorCode.MALFORMED_URI, () -> new DeviceUri.Layer("sim", "", Map.of("", "x")));
  }

  @Property
  void anyAddressSurvivesTheRoundTrip(@ForAll("uris") DeviceUri uri) {
    DeviceUri again = DeviceUri.parse(uri.toString());
    assertEquals(uri, again);
    assertEquals(uri.toString(), again.toString());
    for (int i = 0; i < uri.layers().size(); i++) { // equality of maps ignores the order
      assertEquals(
          List.copyOf(uri.layers().get(i).options().keySet()),
          List.copyOf(again.layers().get(i).options().keySet()));
    }
  }

  @Property
  void otherBodiesGiveOtherAddresses(@ForAll("texts") String a, @ForAll("texts") String b) {
    if (!a.equals(b)) {
      assertNotEquals(
          new DeviceUri.Layer("sim", a, Map.of()).toString(),
          new DeviceUri.Layer("sim", b, Map.of()).toString());
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("@?&#% =:/\\.aZ0é€\u0000\n\t+")
        .withChars('\u00ff', '\u4e2d', '\ud800', '\udc00')
        .ofMaxLength(12);
  }

  @Provide
  Arbitrary<DeviceUri> uris() {
    Arbitrary<String> schemes =
        Combinators.combine(
                Arbitraries.strings().withCharRange('a', 'z').ofLength(1),
                Arbitraries.strings().withChars("az09+.-").ofMaxLength(4),
                Arbitraries.strings().withChars("az09").ofLength(1))
            .as((a, b, c) -> a + b + c);
    Arbitrary<Map<String, String>> options =
        Arbitraries.maps(texts().filter(key -> !key.isEmpty()), texts())
            .ofMaxSize(4)
            .map(LinkedHashMap::new);
    return Combinators.combine(schemes, texts(), options)
        .as(DeviceUri.Layer::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(DeviceUri::new);
  }

  @Property(tries = 10_000)
  void mutationsGiveOnlyDeviceExceptions(@ForAll("mutations") String text) {
    try {
      DeviceUri uri = DeviceUri.parse(text);
      assertEquals(uri, DeviceUri.parse(uri.toString()));
    } catch (DeviceException e) {
      assertEquals(ErrorCode.MALFORMED_URI, e.code());
    }
  }

  @Provide
  Arbitrary<String> mutations() {
    String good = "record:run%20a.ofpr@sim:demonstrator?seed=7&adc.bits=10";
    Arbitrary<Integer> at = Arbitraries.integers().between(0, good.length());
    Arbitrary<String> inserted =
        Arbitraries.oneOf(
            Arbitraries.strings().withChars("@?&#% =:%zF0").ofMaxLength(4),
            Arbitraries.strings().all().ofMaxLength(3));
    return Combinators.combine(at, at, inserted)
        .as(
            (a, b, text) ->
                good.substring(0, Math.min(a, b)) + text + good.substring(Math.max(a, b)));
  }
}
