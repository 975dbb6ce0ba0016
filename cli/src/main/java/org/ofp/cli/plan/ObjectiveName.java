// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ofp.optconv.Objective;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Objectives as they are written on a command line: {@code device-time}. */
public final class ObjectiveName implements ITypeConverter<Objective> {
  /** All of them. */
  public static final List<String> ALL =
      Arrays.stream(Objective.values()).map(ObjectiveName::of).toList();

  @Override
  public Objective convert(String text) {
    return Arrays.stream(Objective.values())
        .filter(objective -> of(objective).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is no objective; choose one of " + String.join(", ", ALL)));
  }

  /** The name of an objective. */
  public static String of(Objective objective) {
    return objective.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
