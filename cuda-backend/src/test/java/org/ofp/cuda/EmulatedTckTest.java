// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.tck.Tck;
import org.ofp.tck.TckListener;
import org.ofp.tck.TckReport;

/** The contract on the interpreter. */
class EmulatedTckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cuda:0?preset=ideal&rows=48&cols=40",
        "cuda:0?preset=demonstrator&rows=32&cols=32",
        "cuda:0?preset=photonic",
        "cuda:0?preset=lcos-phase&rows=32&cols=32",
        "cuda:0?preset=ideal&slm.settle=2e-4&rows=16&cols=16",
      })
  void conforms(String uri) {
    TckReport report = Tck.run(() -> Emulated.open(uri), TckListener.NONE);
    assertTrue(report.conforms(), report::text);
  }
}
