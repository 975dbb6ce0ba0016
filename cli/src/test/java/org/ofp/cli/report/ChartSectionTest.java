// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChartSectionTest {
  private static final String NO_FONTS =
      "Fontconfig head is null, check your fonts or fonts configuration";

  /** What JDK 17 was seen to throw without fonts, and without libfreetype the first time, later. */
  static Stream<Error> errors() {
    return Stream.of(
        new InternalError(new ReflectiveOperationException(null, new RuntimeException(NO_FONTS))),
        new UnsatisfiedLinkError("libfontmanager.so: libfreetype.so.6: cannot open"),
        new NoClassDefFoundError("Could not initialize class sun.awt.X11FontManager"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void aSystemWithoutFontsHasNoCharts(Error error) {
    ChartSection section =
        ChartSection.of(
            () -> {
              throw error;
            });
    assertFalse(section.any());
    String reason = error.getCause() == null ? error.getMessage() : NO_FONTS;
    assertTrue(section.missing().contains("(" + reason + ")"), section::missing);
    assertEquals(1, section.missing().lines().count());
  }

  @Test
  void mistakesAreNotHidden() {
    assertThrows(
        IllegalStateException.class,
        () ->
            ChartSection.of(
                () -> {
                  throw new IllegalStateException();
                }));
  }

  @Test
  void whatIsDrawnIsShown() {
    ChartSection section = ChartSection.of(() -> List.of(new LayerCharts.Drawn("t", "<svg/>", "")));
    assertTrue(section.any());
    assertEquals("", section.missing());
    assertFalse(ChartSection.of(List::of).any());
  }
}
