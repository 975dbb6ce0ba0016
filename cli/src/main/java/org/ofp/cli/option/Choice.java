// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.option;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Constants as they are written on a command line: {@code device-time} for {@code DEVICE_TIME}.
 *
 * @param <E> their type
 */
public abstract class Choice<E extends Enum<E>> implements ITypeConverter<E> {
  private final String noun;
  private final List<E> choices;

  /**
   * @param noun what they are, such as "objective"
   * @param choices those that can be chosen
   */
  protected Choice(String noun, List<E> choices) {
    this.noun = noun;
    this.choices = choices;
  }

  @Override
  public final E convert(String text) {
    return choices.stream()
        .filter(choice -> nameOf(choice).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + text
                        + "' is no "
                        + noun
                        + "; choose one of "
                        + String.join(", ", choices.stream().map(Choice::nameOf).toList())));
  }

  /** The constant as it is written. */
  public static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
