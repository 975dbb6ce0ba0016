// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.device;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ofp.kernels.KernelStatus;
import org.ofp.kernels.Kernels;

/**
 * One engine.
 *
 * @param kind {@code fft}, {@code product} or {@code pointwise}
 * @param name the engine's name
 * @param inUse whether it computes
 * @param available whether it could
 * @param reason why it cannot; empty if it can
 */
public record KernelReport(
    String kind, String name, boolean inUse, boolean available, String reason) {

  /** All engines on the class path, best first within each kind. Loads their libraries. */
  public static List<KernelReport> all() {
    Set<String> used = new HashSet<>();
    used.add("fft " + Kernels.fft().name());
    used.add("product " + Kernels.complexProduct().name());
    Kernels.pointwiseEngines().forEach(name -> used.add("pointwise " + name));
    return Kernels.list().stream().map(status -> of(status, used)).toList();
  }

  private static KernelReport of(KernelStatus status, Set<String> used) {
    boolean inUse = used.contains(status.kind() + " " + status.name());
    return new KernelReport(
        status.kind(), status.name(), inUse, status.available(), status.reason());
  }

  /** The state in a word or two. */
  public String state() {
    return inUse ? "in use" : available ? "available" : "not available";
  }
}
