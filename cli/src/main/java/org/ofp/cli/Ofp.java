// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ofp.cli.driver.DriverPath;
import org.ofp.cli.error.CliException;
import org.ofp.cli.error.ExitStatus;
import org.ofp.cli.error.Failure;
import org.ofp.cli.term.LogToTerminal;
import org.ofp.cli.term.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/**
 * The {@code ofp} command. Each subcommand is a class of this package that is listed below and
 * implements {@code Callable<Integer>}; it reaches the terminal and the options common to all
 * through a {@code @ParentCommand Ofp} field, throws whatever goes wrong, and returns its exit
 * status. This class turns exceptions into one line and an {@link ExitStatus}.
 */
@Command(
    name = "ofp",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs Fourier transforms, convolutions and networks on optical processors.",
    subcommands = {
      DevicesCommand.class,
      InfoCommand.class,
      TransformCommand.class,
      ConvCommand.class,
      ForwardCommand.class,
      SegmentCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      TuneCommand.class,
      DatasetCommand.class,
      PlanCommand.class,
      BenchCommand.class,
      TckCommand.class,
      RecordCommand.class,
      ReplayCommand.class,
      DoctorCommand.class,
      HelpCommand.class
    })
public class Ofp implements Callable<Integer> {
  private static final int HELP_WIDTH = 100;

  private final Terminal terminal;
  private final Map<String, String> environment;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log more, and show the stack trace of an error.")
  private boolean verbose;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Write the result as JSON to standard output.")
  private boolean json;

  @Option(
      names = "--driver-path",
      scope = ScopeType.INHERIT,
      paramLabel = "PATH",
      description =
          "Jars of further drivers, or folders of such jars, separated as in a class path (default:"
              + " the environment variable "
              + DriverPath.VARIABLE
              + ").")
  private List<String> driverPaths = List.of();

  private DriverPath driverPath = DriverPath.NONE;

  Ofp(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = environment;
  }

  /** Runs the command and ends the process. */
  public static void main(String[] args) {
    // Pictures are decoded and drawn without a display, even where one is there.
    System.setProperty("java.awt.headless", "true");
    System.exit(new Ofp(Terminal.ofProcess(), System.getenv()).run(args));
  }

  /** Where results and messages go. */
  Terminal terminal() {
    return terminal;
  }

  /** Whether the result is wanted as JSON. */
  boolean json() {
    return json;
  }

  /** An environment variable; empty if it is not set. */
  String variable(String variable) {
    return environment.getOrDefault(variable, "");
  }

  /** Where drivers are looked for besides the class path. */
  DriverPath driverPath() {
    return driverPath;
  }

  /** {@code ofp} alone: shows what there is, as wrong usage. */
  @Override
  public Integer call() {
    commandLine().usage(terminal.errWriter(), Ansi.OFF);
    return ExitStatus.USAGE;
  }

  /** Runs one command line to its exit status. */
  int run(String... args) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      return deliver(execute(args));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private int execute(String... args) {
    try {
      return commandLine().execute(args);
    } catch (Throwable t) { // picocli handles exceptions, errors such as OutOfMemoryError come here
      return report(t);
    }
  }

  /** The command with its subcommands, before settings; tests add a subcommand of their own. */
  CommandLine declaration() {
    return new CommandLine(this);
  }

  /** The grammar of all commands, to be parsed with apart from the run in progress. */
  CommandLine grammar() {
    return new Ofp(terminal, environment).commandLine();
  }

  /** Runs another command within this one to its exit status; its results are these. */
  int runWithin(List<String> words) {
    List<String> all = new ArrayList<>();
    if (verbose) {
      all.add("--verbose");
    }
    if (json) {
      all.add("--json");
    }
    driverPaths.forEach(path -> all.add("--driver-path=" + path));
    all.addAll(words);
    return new Ofp(terminal, environment).execute(all.toArray(String[]::new));
  }

  /** The settings follow the subcommands, as picocli passes them on to those that are there. */
  private CommandLine commandLine() {
    CommandLine commands = settings(declaration());
    // What follows the name of an inner command belongs to that command.
    for (String outer : List.of("record", "replay")) {
      commands.getSubcommands().get(outer).setStopAtPositional(true);
    }
    return commands;
  }

  private CommandLine settings(CommandLine commands) {
    return commands
        .setOut(terminal.outWriter())
        .setErr(terminal.errWriter())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.colourOnOut() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(HELP_WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        // An argument that starts with @ is not the name of a file with more arguments.
        .setExpandAtFiles(false)
        .setExecutionStrategy(this::runCommand)
        .setParameterExceptionHandler((e, unparsed) -> reportUsage(e))
        .setExecutionExceptionHandler((e, command, parsed) -> report(e));
  }

  private int runCommand(ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    LogToTerminal.install(terminal, verbose);
    try {
      findDrivers(parsed);
    } catch (CliException e) { // picocli hands on only what commands throw
      return report(e);
    }
    return new RunLast().execute(parsed);
  }

  /** Before the command, because nothing has looked for drivers yet. */
  private void findDrivers(ParseResult parsed) {
    driverPath = DriverPath.of(driverPaths, environment);
    Object command = parsed.hasSubcommand() ? parsed.subcommand().commandSpec().userObject() : this;
    boolean doctor = command instanceof DoctorCommand;
    if (!doctor) { // which reports what is wrong and goes on
      driverPath.requireSound();
    }
    driverPath.install();
    if (!doctor && !(command instanceof DevicesCommand)) {
      driverPath.warnings().forEach(terminal::warning);
    }
  }

  private int report(Throwable thrown) {
    Failure failure = Failure.of(thrown);
    terminal.error(failure.message());
    if (verbose) {
      terminal.trace(thrown);
    }
    return failure.exitStatus();
  }

  private int reportUsage(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    terminal.error(UsageProblem.describe(e) + "; see '" + command + " --help'");
    return ExitStatus.USAGE;
  }

  /** Results that did not arrive are a failure; a reader that closed early needs no message. */
  private int deliver(int status) {
    Optional<IOException> failure = terminal.deliver();
    if (failure.isEmpty()) {
      return status;
    }
    String reason = String.valueOf(failure.get().getMessage());
    if (!reason.toLowerCase(Locale.ROOT).contains("broken pipe")) {
      terminal.error("cannot write to standard output: " + reason);
    }
    return status == ExitStatus.SUCCESS ? ExitStatus.FAILURE : status;
  }
}
