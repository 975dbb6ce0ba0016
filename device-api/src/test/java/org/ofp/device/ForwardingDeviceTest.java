// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A decorator loses nothing of the device that it wraps. */
class ForwardingDeviceTest {
  private static final class Plain extends ForwardingDevice {
    Plain(OpticalFourierDevice device) {
      super(device);
    }
  }

  static Stream<Method> methods() {
    return Stream.of(OpticalFourierDevice.class.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()));
  }

  /** A method that the interface gains later is here by itself, whether it is abstract or not. */
  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodIsPassedOn(Method method) throws Exception {
    List<Method> calls = new ArrayList<>();
    List<Object> arguments = new ArrayList<>();
    Object answer = answer(method.getReturnType());
    OpticalFourierDevice inner =
        (OpticalFourierDevice)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {OpticalFourierDevice.class},
                (proxy, called, given) -> {
                  calls.add(called);
                  arguments.addAll(given == null ? List.of() : Arrays.asList(given));
                  return answer;
                });
    Object[] given =
        Stream.of(method.getParameterTypes()).map(ForwardingDeviceTest::argument).toArray();
    Object returned = method.invoke(new Plain(inner), given);
    assertEquals(List.of(method.getName()), calls.stream().map(Method::getName).toList());
    assertEquals(given.length, arguments.size());
    for (int i = 0; i < given.length; i++) {
      assertSame(given[i], arguments.get(i), "argument " + i);
    }
    assertSame(answer, returned);
  }

  private static Object argument(Class<?> type) {
    if (type == Class.class) {
      return String.class;
    } else if (type == FrameSequence.class) {
      return CountingBench.sequence(1);
    } else if (type == JobOptions.class) {
      return JobOptions.defaults();
    } else if (type == Readout.class) {
      return Readout.plain(1);
    } else if (type == DetectorFrame.class) {
      return DetectorFrame.allocate(CountingBench.SHAPE, 1);
    }
    assertEquals(SlmFrame.class, type, "this test does not know how to make one");
    FrameSequence sequence = CountingBench.sequence(1);
    return new SlmFrame(sequence.shape(), sequence.amplitudes(), 0, 1, 0);
  }

  private static Object answer(Class<?> type) {
    if (type == void.class) {
      return null;
    } else if (type == DeviceDescription.class) {
      return new CountingBench().description();
    } else if (type == Telemetry.class) {
      return new CountingBench().telemetry();
    } else if (type == Job.class) {
      return Job.completed();
    }
    assertEquals(Optional.class, type, "this test does not know how to make one");
    return Optional.of("capability");
  }

  @Test
  void aPipeliningDeviceStaysOne() {
    PipeliningBench bench = new PipeliningBench(4);
    FrameSequence sequence = CountingBench.sequence(12);
    new Plain(new Plain(bench)).submit(sequence, JobOptions.defaults()).await();
    assertEquals(4, bench.mostInFlight());
    assertEquals(CountingBench.count(11, 12), sequence.counts().get(sequence.countOffset(11, 0)));
    assertTrue(new Plain(bench).extension(PipeliningBench.Shutter.class).isPresent());
    assertFalse(new Plain(bench).extension(String.class).isPresent());
  }
}
