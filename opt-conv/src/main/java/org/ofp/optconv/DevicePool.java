// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceTransforms;
import org.ofp.device.ErrorCategory;
import org.ofp.device.ErrorCode;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformBatch;
import org.ofp.device.TransformOptions;

/**
 * The devices that an engine's transforms run on. Each transform goes to the device with the fewest
 * under way; a device that fails is taken out and what it was doing is done by another.
 *
 * <p>Safe for use by several threads. Does not own the devices.
 */
final class DevicePool {
  /** Shapes of fields whose buffers are kept. */
  private static final int KEPT_SHAPES = 4;

  private static final System.Logger LOG = System.getLogger(DevicePool.class.getName());

  private final List<Member> members = new ArrayList<>();
  private final AtomicLong clipped = new AtomicLong();

  DevicePool(List<OpticalFourierDevice> devices, TransformOptions options) {
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("a pool needs at least one device");
    }
    devices.forEach(device -> members.add(new Member(device, options)));
  }

  /** Whether every device takes fields of this shape. */
  boolean accepts(FrameShape shape) {
    return members.stream().allMatch(member -> member.transformer.accepts(shape));
  }

  FourierTransformer first() {
    return members.get(0).transformer;
  }

  /**
   * Transforms of fields that stay in the device's memory, to be closed; empty if there are several
   * devices, or the one has no such memory or does not take the shape as it is.
   */
  Optional<DeviceTransforms> resident(FrameShape shape) {
    return members.size() == 1 ? members.get(0).resident(shape) : Optional.empty();
  }

  /** How many transforms are worth having under way at once beside the processor's own work. */
  int size() {
    return members.size();
  }

  /** Descriptions of the devices that were taken out, and why, in the order of their failure. */
  List<String> failures() {
    return members.stream()
        .filter(member -> member.failure != null)
        .map(member -> member.name + ": " + member.failure.getMessage())
        .toList();
  }

  /** Values that clipped since this was last asked. */
  long takeClipped() {
    return clipped.getAndSet(0);
  }

  /**
   * Runs a piece of work that writes fields, transforms them and reads the results. It may be run
   * again from the start, on another device.
   *
   * @param fields most fields that it transforms at once
   */
  void run(FrameShape shape, int fields, Consumer<TransformBatch> work) {
    while (true) {
      Member member = leastBusy();
      member.busy.incrementAndGet();
      member.served.incrementAndGet();
      try {
        TransformBatch batch = member.take(shape, fields);
        work.accept(batch);
        clipped.addAndGet(batch.takeClipped());
        member.giveBack(batch);
        return;
      } catch (DeviceException e) {
        if (!isDevices(e) || !member.takeOut(e, remaining())) {
          throw e;
        }
      } finally {
        member.busy.decrementAndGet();
      }
    }
  }

  /** Whether the device is at fault and not what was asked of it. */
  private static boolean isDevices(DeviceException e) {
    boolean passing = e.code() == ErrorCode.OUT_OF_MEMORY;
    return !passing && (e.category() != ErrorCategory.USER || e.code() == ErrorCode.CLOSED);
  }

  private int remaining() {
    return (int) members.stream().filter(member -> member.failure == null).count();
  }

  private Member leastBusy() {
    Member best = null;
    for (Member member : members) {
      if (member.failure == null && (best == null || member.isFreerThan(best))) {
        best = member;
      }
    }
    if (best == null) {
      throw members.get(members.size() - 1).failure;
    }
    return best;
  }

  private static final class Member {
    final FourierTransformer transformer;
    final String name;
    private final OpticalFourierDevice device;
    private final TransformOptions options;
    final AtomicInteger busy = new AtomicInteger();
    final AtomicLong served = new AtomicLong();
    volatile DeviceException failure;
    private final Map<FrameShape, Deque<TransformBatch>> idle = new ConcurrentHashMap<>();

    Member(OpticalFourierDevice device, TransformOptions options) {
      transformer = new FourierTransformer(device, options);
      name = device.description().name();
      this.device = device;
      this.options = options;
    }

    Optional<DeviceTransforms> resident(FrameShape shape) {
      return DeviceTransforms.of(device, options, shape);
    }

    /** Devices that are as busy take turns. */
    boolean isFreerThan(Member other) {
      int difference = busy.get() - other.busy.get();
      return difference < 0 || (difference == 0 && served.get() < other.served.get());
    }

    TransformBatch take(FrameShape shape, int fields) {
      Deque<TransformBatch> known = idle.get(shape);
      TransformBatch batch = known == null ? null : known.poll();
      return batch == null || batch.capacity() < fields ? transformer.batch(shape, fields) : batch;
    }

    void giveBack(TransformBatch batch) {
      if (idle.size() >= KEPT_SHAPES && !idle.containsKey(batch.shape())) {
        idle.clear();
      }
      idle.computeIfAbsent(batch.shape(), s -> new ConcurrentLinkedDeque<>()).push(batch);
    }

    /** Takes the device out of service, unless it is the last. */
    synchronized boolean takeOut(DeviceException why, int remaining) {
      if (failure == null) {
        if (remaining < 2) {
          return false;
        }
        failure = why;
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} failed and is used no more; its frames go to the other devices: {1}",
            name,
            why.getMessage());
      }
      return true;
    }
  }
}
