// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ofp.device.FrameShape;

/** Workbenches that are not in use, by shape; as many as threads ever worked at once. */
final class WorkbenchPool {
  private final Map<FrameShape, Queue<Workbench>> idle = new ConcurrentHashMap<>();

  Workbench take(FrameShape shape, int capacity) {
    Workbench workbench = queue(shape).poll();
    return workbench != null && workbench.capacity() >= capacity
        ? workbench
        : new Workbench(shape, capacity);
  }

  void giveBack(Workbench workbench) {
    queue(workbench.shape()).add(workbench);
  }

  void clear() {
    idle.clear();
  }

  private Queue<Workbench> queue(FrameShape shape) {
    return idle.computeIfAbsent(shape, s -> new ConcurrentLinkedQueue<>());
  }
}
