// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.optics.Benches.bench;

import org.junit.jupiter.api.Test;
import org.ofp.device.BufferKind;
import org.ofp.device.Capabilities;
import org.ofp.device.ComplexEncoding;
import org.ofp.device.Determinism;
import org.ofp.device.FrameShape;
import org.ofp.device.Modulation;
import org.ofp.device.ReadoutMode;

/** The presets are what they say they are. */
class BenchPresetTest {
  private static Capabilities capabilities(String preset) {
    return bench(preset).capabilities(BufferKind.HEAP);
  }

  @Test
  void ideal() {
    Capabilities ideal = capabilities("ideal");
    assertEquals(new FrameShape(4096, 4096), ideal.maxFrame());
    assertTrue(ideal.windows());
    assertEquals(ReadoutMode.COHERENT, ideal.readout());
    assertEquals(Determinism.NOISELESS, ideal.determinism());
    assertEquals(ComplexEncoding.DIRECT, ideal.complexEncoding());
    assertEquals(0, ideal.adcBits() + ideal.amplitudeBits() + ideal.phaseBits());
    assertEquals(Double.POSITIVE_INFINITY, bench("ideal").fullScale());
  }

  @Test
  void demonstrator() {
    Capabilities demonstrator = capabilities("demonstrator");
    assertEquals(new FrameShape(512, 512), demonstrator.maxFrame());
    assertEquals(ReadoutMode.FOUR_STEP, demonstrator.readout());
    assertEquals(Determinism.SEEDED, demonstrator.determinism());
    assertEquals(8, demonstrator.amplitudeBits());
    assertEquals(8, demonstrator.phaseBits());
    assertEquals(12, demonstrator.adcBits());
    BenchParameters bench = bench("demonstrator");
    assertEquals(633e-9, bench.beam().wavelength());
    assertEquals(0.1, bench.lens().focalLength());
    assertEquals(8e-6, bench.slm().pitch());
    assertTrue(bench.sensor().shotNoise());
    assertEquals(20, bench.sensor().readNoise());
    assertEquals(1e5, bench.sensor().fullWell());
    assertEquals(64, bench.sensor().blackLevel());
    assertTrue(bench.sensor().responseNonUniformity() > 0, "realistic noise");
    assertTrue(bench.sensor().darkNonUniformity() > 0, "realistic noise");
    assertTrue(bench.beam().intensityNoise() > 0, "realistic noise");
  }

  @Test
  void photonic() {
    Capabilities photonic = capabilities("photonic");
    assertEquals(new FrameShape(11, 11), photonic.maxFrame());
    assertFalse(photonic.windows());
    assertFalse(photonic.accepts(new FrameShape(10, 11)));
    assertEquals(Modulation.COMPLEX, photonic.modulation());
    assertEquals(ComplexEncoding.DIRECT, photonic.complexEncoding());
    assertEquals(ReadoutMode.COHERENT, photonic.readout());
    assertTrue(bench("photonic").slm().iqDrive());
    assertTrue(photonic.frameSeconds(1, photonic.defaultExposure()) <= 1e-8, "very high rate");
  }

  @Test
  void lcosPhase() {
    Capabilities lcos = capabilities("lcos-phase");
    assertEquals(new FrameShape(1080, 1920), lcos.maxFrame());
    assertEquals(Modulation.PHASE_ONLY, lcos.modulation());
    assertEquals(ComplexEncoding.DOUBLE_PHASE, lcos.complexEncoding());
    assertEquals(2, lcos.complexEncoding().frames());
    assertEquals(ReadoutMode.FOUR_STEP, lcos.readout());
  }

  /** Every physical figure of a profile belongs to a real or an assumed part. */
  @Test
  void presetsUseTheConvertersRange() {
    for (String preset : new String[] {"demonstrator", "lcos-phase"}) {
      BenchParameters bench = bench(preset);
      double codes = (1 << bench.sensor().adcBits()) - 1;
      // A full well that fills the codes wastes neither.
      assertTrue(bench.fullScale() > 0.95 * codes && bench.fullScale() <= codes, preset);
    }
  }
}
