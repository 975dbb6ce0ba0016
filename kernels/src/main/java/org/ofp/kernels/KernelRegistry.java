// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The engines of one kind: found once, each probed at most once, its failure kept.
 *
 * <p>Probing is lazy and in order of priority: asking for an engine by name must not extract and
 * load the native libraries of another. That is why {@link #list()} can be slow and {@link #best()}
 * need not be.
 */
final class KernelRegistry<K extends Kernel> {

  private static final System.Logger LOG = System.getLogger(KernelRegistry.class.getName());

  private final String kind;
  private final Class<K> service;
  private final UnaryOperator<K> facade;
  private List<Entry<K>> entries;

  KernelRegistry(String kind, Class<K> service, UnaryOperator<K> facade) {
    this.kind = kind;
    this.service = service;
    this.facade = facade;
  }

  /** The engine that the system property names, or else the best. */
  synchronized K best() {
    if (isForced()) {
      return named(forced());
    }
    return any(entry -> true);
  }

  private K any(Predicate<Entry<K>> wanted) {
    return first(wanted)
        .orElseThrow(
            () ->
                new KernelUnavailableException(
                    "No " + kind + " engine is available. " + describe()));
  }

  /** Whether the system property names an engine. */
  boolean isForced() {
    return !forced().isEmpty();
  }

  private String forced() {
    return System.getProperty("ofp." + kind, "");
  }

  /** The best engine on an accelerator; probes none of the host's. */
  synchronized Optional<K> accelerator() {
    return first(Entry::isAccelerator);
  }

  /** The best engine of the host; probes none on an accelerator. */
  synchronized K host() {
    return any(entry -> !entry.isAccelerator());
  }

  /** Uses an engine no more, which was available at first, and says so. */
  synchronized void reject(String name, KernelUnavailableException why) {
    for (Entry<K> entry : entries()) {
      if (entry.name.equals(name) && entry.engine != null) {
        entry.engine = null;
        entry.fail(why);
        LOG.log(
            System.Logger.Level.WARNING,
            "the {0} engine {1} is not used: {2}",
            kind,
            name,
            why.getMessage());
      }
    }
  }

  private Optional<K> first(Predicate<Entry<K>> wanted) {
    return entries().stream()
        .filter(wanted)
        .filter(Entry::probe)
        .findFirst()
        .map(entry -> entry.engine);
  }

  synchronized K named(String name) {
    for (Entry<K> entry : entries()) {
      if (entry.name.equals(name)) {
        if (entry.probe()) {
          return entry.engine;
        }
        throw new KernelUnavailableException(
            "The "
                + kind
                + " engine '"
                + name
                + "' is not available: "
                + entry.reason
                + ". "
                + describe(),
            entry.failure);
      }
    }
    throw new KernelUnavailableException(
        "There is no " + kind + " engine '" + name + "'. " + describe());
  }

  synchronized List<KernelStatus> list() {
    return entries().stream()
        .map(e -> new KernelStatus(kind, e.name, e.priority, e.probe(), e.reason))
        .toList();
  }

  private String describe() {
    return list().stream()
        .map(s -> s.name() + (s.available() ? " (available)" : " (" + s.reason() + ")"))
        .collect(Collectors.joining(", ", "Known: ", "."));
  }

  private List<Entry<K>> entries() {
    if (entries == null) {
      entries = discover();
    }
    return entries;
  }

  private List<Entry<K>> discover() {
    List<Entry<K>> found = new ArrayList<>();
    // The class loader of this class, not the thread's: pool threads may carry another one.
    Iterator<K> providers = ServiceLoader.load(service, service.getClassLoader()).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          break;
        }
        K provider = providers.next();
        found.add(new Entry<>(provider.name(), provider.priority(), provider, facade));
      } catch (ServiceConfigurationError | LinkageError e) {
        found.add(new Entry<>(e));
      }
    }
    found.sort(Comparator.comparingInt((Entry<K> e) -> e.priority).reversed());
    return List.copyOf(found);
  }

  /** One provider and what became of it. */
  private static final class Entry<K extends Kernel> {
    final String name;
    final int priority;
    private final K provider;
    private final UnaryOperator<K> facade;
    K engine;
    String reason;
    Throwable failure;

    Entry(String name, int priority, K provider, UnaryOperator<K> facade) {
      this.name = name;
      this.priority = priority;
      this.provider = provider;
      this.facade = facade;
    }

    Entry(Throwable brokenProvider) {
      this("(broken provider)", Integer.MIN_VALUE, null, null);
      fail(brokenProvider);
    }

    boolean isAccelerator() {
      return priority >= Kernel.ACCELERATOR;
    }

    boolean probe() {
      if (engine == null && failure == null) {
        try {
          provider.probe();
          engine = facade.apply(provider);
          reason = "";
        } catch (RuntimeException | LinkageError e) {
          fail(e);
        }
      }
      return engine != null;
    }

    private void fail(Throwable why) {
      failure = why;
      reason = why instanceof KernelUnavailableException ? why.getMessage() : why.toString();
    }
  }
}
