// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.util.List;
import java.util.Locale;
import org.ofp.cli.error.CliException;
import org.ofp.device.DeviceException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line, with the nearest name where one is close. */
final class UsageProblem {
  private UsageProblem() {}

  static String describe(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    // What a converter of the SDK says about a value is better than picocli's frame around it.
    if (e.getCause() instanceof DeviceException || e.getCause() instanceof CliException) {
      return e.getCause().getMessage();
    }
    String message = e.getMessage().lines().findFirst().orElse("wrong usage");
    return uncapitalised(
        message.endsWith(".") ? message.substring(0, message.length() - 1) : message);
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String argument = e.getUnmatched().get(0);
    boolean option = e.isUnknownOption();
    boolean command = !option && !e.getCommandLine().getSubcommands().isEmpty();
    String kind = option ? "unknown option" : command ? "unknown command" : "unexpected argument";
    List<String> suggestions = e.getSuggestions();
    String hint =
        (option || command) && !suggestions.isEmpty()
            ? " (did you mean '" + suggestions.get(0) + "'?)"
            : "";
    return kind + " '" + argument + "'" + hint;
  }

  private static String uncapitalised(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
