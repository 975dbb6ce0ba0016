// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ofp.cli.error.CliException;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A command line within another command, which has a say in its device. */
final class InnerCommand {
  private static final String DEVICE = "--device";

  /** How commands label their address where it is no option. */
  private static final String ADDRESS = "URI";

  private InnerCommand() {}

  /**
   * The words of a command with another device.
   *
   * @param grammar that the words follow
   * @param words the command's name first
   * @param device the new address for the one that the command would use
   */
  static List<String> onDevice(
      CommandLine grammar, List<String> words, UnaryOperator<String> device) {
    ParseResult parsed;
    try {
      parsed = grammar.parseArgs(words.toArray(String[]::new));
    } catch (ParameterException e) {
      return words; // running it says what is wrong
    }
    if (!parsed.hasSubcommand()) {
      throw CliException.usage("there is no command to run; write for example segment photo.jpg");
    }
    ParseResult command = parsed.subcommand();
    String name = command.commandSpec().name();
    int after = words.indexOf(name) + 1;
    List<String> changed = new ArrayList<>(words);
    OptionSpec option = command.commandSpec().findOption(DEVICE);
    if (option == null) {
      String address = address(command, name);
      int at = after + words.subList(after, words.size()).indexOf(address);
      changed.set(at, device.apply(address));
    } else if (command.hasMatchedOption(option)) {
      replaceOption(changed, device);
    } else {
      changed.add(after, DEVICE + "=" + device.apply(option.defaultValue()));
    }
    return changed;
  }

  private static String address(ParseResult command, String name) {
    return command.matchedPositionals().stream()
        .filter(parameter -> parameter.paramLabel().equals(ADDRESS))
        .findFirst()
        .map(InnerCommand::firstValue)
        .orElseThrow(() -> CliException.usage("'" + name + "' uses no device"));
  }

  private static String firstValue(PositionalParamSpec parameter) {
    return ((ArgSpec) parameter).originalStringValues().get(0);
  }

  private static void replaceOption(List<String> words, UnaryOperator<String> device) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals(DEVICE) && i + 1 < words.size()) {
        words.set(i + 1, device.apply(words.get(i + 1)));
        return;
      }
      if (words.get(i).startsWith(DEVICE + "=")) {
        words.set(i, DEVICE + "=" + device.apply(words.get(i).substring(DEVICE.length() + 1)));
        return;
      }
    }
  }
}
