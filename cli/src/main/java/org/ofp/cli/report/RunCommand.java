// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command line over pictures, and what of it one picture takes.
 *
 * @param words all of it as it was, the program first
 * @param head the program, options before the subcommand, and the subcommand
 * @param options all others but {@code --out} and {@code --first-image}
 * @param out folder for the results
 */
public record RunCommand(List<String> words, List<String> head, List<String> options, Path out) {
  private static final String OUT = "--out";

  /** The option for the number of a picture's first tile. */
  static final String FIRST_IMAGE = "--first-image";

  /**
   * What was parsed.
   *
   * @param program as it was called
   * @param parsed by the command that has subcommands, one of which was named
   */
  public static RunCommand of(String program, ParseResult parsed, Path out) {
    List<String> words = new ArrayList<>(List.of(program));
    words.addAll(parsed.originalArgs());
    List<String> head = new ArrayList<>(List.of(program));
    head.addAll(options(parsed));
    head.add(parsed.subcommand().commandSpec().name());
    return new RunCommand(words, head, options(parsed.subcommand()), out);
  }

  private static List<String> options(ParseResult parsed) {
    List<String> words = new ArrayList<>();
    for (OptionSpec option : new LinkedHashSet<>(parsed.matchedOptions())) { // once per value
      String name = option.longestName();
      if (name.equals(OUT) || name.equals(FIRST_IMAGE)) {
        continue;
      }
      if (option.arity().max() == 0) {
        words.add(name);
      } else if (name.startsWith("--")) {
        option.originalStringValues().forEach(value -> words.add(name + "=" + value));
      } else {
        option.originalStringValues().forEach(value -> words.addAll(List.of(name, value)));
      }
    }
    return words;
  }

  /**
   * The words that give a picture alone what it got among others, in a folder of its own.
   *
   * @param firstImage number of its first tile
   * @param name of the folder, within that of all results
   */
  public List<String> alone(Path file, long firstImage, String name) {
    List<String> alone = new ArrayList<>(head);
    alone.add(file.toString().startsWith("-") ? "./" + file : file.toString());
    alone.addAll(options);
    alone.add(FIRST_IMAGE + "=" + firstImage);
    alone.add(OUT + "=" + out.resolve(name));
    return alone;
  }
}
