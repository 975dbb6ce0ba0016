// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.ofp.optics.Benches.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ofp.device.Readout;
import org.ofp.device.Telemetry;

class BenchClockTest {
  @Test
  void framesAndReadsTakeTheirTime() {
    BenchClock clock = new BenchClock(bench("demonstrator")); // 16.7 ms a frame, 2 ms a read
    clock.countFrames(3);
    assertEquals(53_100_000, clock.countRead(Readout.plain(1e-3), 7));
    assertEquals(57_100_000, clock.countRead(Readout.plain(2e-3), 0));
    Telemetry telemetry = clock.telemetry();
    assertEquals(3, telemetry.framesLoaded());
    assertEquals(2, telemetry.reads());
    assertEquals(7, telemetry.saturatedPixels());
    assertEquals(Duration.ofNanos(57_100_000), telemetry.deviceTime());
  }

  @Test
  void temperaturePowerAndAgeAreToldAsTheyAre() {
    Instant before = Instant.now();
    BenchClock clock =
        new BenchClock(bench("ideal", "sensor.temperature", "250", "source.power", "2e-3"));
    Telemetry telemetry = clock.telemetry();
    assertEquals(List.of(new Telemetry.Temperature("sensor", 250)), telemetry.temperatures());
    assertEquals(2e-3, telemetry.sourcePower().orElseThrow());
    assertEquals(0, telemetry.errors() + telemetry.retries());
    assertFalse(telemetry.since().orElseThrow().isBefore(before));
    assertFalse(telemetry.since().orElseThrow().isAfter(Instant.now()));
  }

  @Test
  void shortReadsAddUp() {
    BenchClock clock = new BenchClock(bench("ideal", "sensor.read-period", "0"));
    for (int i = 0; i < 1000; i++) {
      clock.countRead(Readout.plain(0.3e-9), 0);
    }
    assertEquals(Duration.ofNanos(300), clock.telemetry().deviceTime());
  }

  @Test
  void powerDriftsWithTime() {
    BenchClock steady = new BenchClock(bench("ideal"));
    BenchClock clock =
        new BenchClock(
            bench(
                "ideal",
                "source.drift",
                "0.2",
                "source.drift-period",
                "40",
                "slm.frame-period",
                "1",
                "source.power",
                "1e-3"));
    assertEquals(1, clock.sourcePower());
    clock.countFrames(10);
    steady.countFrames(10);
    assertEquals(1.2, clock.sourcePower(), 1e-12);
    assertEquals(1.2e-3, clock.telemetry().sourcePower().orElseThrow(), 1e-15);
    assertEquals(1, steady.sourcePower());
  }
}
