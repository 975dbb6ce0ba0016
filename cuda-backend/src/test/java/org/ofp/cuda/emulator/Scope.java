// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of a kernel, or of a function put in place of one call. */
final class Scope {
  /** 0 for the kernel. */
  final int instance;

  final PtxModule.Function function;

  /** The caller's; null for the kernel. */
  final Scope caller;

  /** Addresses of variables. */
  final Map<String, Long> variables = new HashMap<>();

  final Map<String, List<String>> branchTargets = new HashMap<>();

  /** Where {@code ret} goes in a function. */
  final FlowOps.Target end = new FlowOps.Target();

  private final Map<String, FlowOps.Target> labels = new HashMap<>();

  Scope(int instance, PtxModule.Function function, Scope caller) {
    this.instance = instance;
    this.function = function;
    this.caller = caller;
  }

  FlowOps.Target label(String name) {
    return labels.computeIfAbsent(name, key -> new FlowOps.Target());
  }

  Collection<FlowOps.Target> labels() {
    return labels.values();
  }

  /** Whether this or a caller is the function. */
  boolean calls(String name) {
    return function.name().equals(name) || (caller != null && caller.calls(name));
  }
}
