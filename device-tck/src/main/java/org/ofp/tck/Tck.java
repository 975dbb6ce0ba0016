// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceUri;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;

/** Runs the suite from a program. */
public final class Tck {
  private Tck() {}

  /**
   * Tests the device at an address.
   *
   * @throws org.ofp.device.DeviceException if it cannot be opened at all
   */
  public static TckReport run(String uri, TckListener listener) {
    DeviceUri parsed = DeviceUri.parse(uri);
    return run(() -> Devices.open(parsed), listener);
  }

  /**
   * Tests a device. It is opened once for every rule and once before, to be described.
   *
   * @throws org.ofp.device.DeviceException if it cannot be opened at all
   */
  public static TckReport run(DeviceSource source, TckListener listener) {
    DeviceDescription description;
    try (OpticalFourierDevice device = source.open()) {
      description = device.description();
    }
    Instant start = Instant.now();
    OutcomeCollector collector = new OutcomeCollector(Spec.rules(), listener);
    // Nothing but this suite: what else is on the class path must not join in or change it.
    LauncherConfig config =
        LauncherConfig.builder()
            .enableTestEngineAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .addTestEngines(new JupiterTestEngine())
            .build();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .enableImplicitConfigurationParameters(false)
            .selectors(DiscoverySelectors.selectClass(SuppliedTck.class))
            .build();
    try (LauncherSession session = LauncherFactory.openSession(config)) {
      session.getStore().put(Namespace.create(SuppliedTck.class), DeviceSource.class, source);
      session.getLauncher().execute(request, collector);
    }
    return new TckReport(
        description, collector.outcomes(), start, Duration.between(start, Instant.now()));
  }
}
