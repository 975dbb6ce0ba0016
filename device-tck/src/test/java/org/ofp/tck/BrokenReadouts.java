// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import static org.ofp.tck.BrokenDevices.COHERENT;
import static org.ofp.tck.BrokenDevices.FOUR_STEP;
import static org.ofp.tck.BrokenDevices.INTENSITY;
import static org.ofp.tck.BrokenDevices.broken;

import java.util.List;
import org.ofp.device.DetectorFrame;
import org.ofp.device.Determinism;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;
import org.ofp.tck.ReferenceDevice.Kind;

/** Defects of detectors, reference beams and noise. */
final class BrokenReadouts {
  private BrokenReadouts() {}

  static List<BrokenDevice> all() {
    return List.of(
        broken(
            "R3",
            "exposure ignored",
            "T5 T6 T7 T13 T14 T15 T16 R4 R9 R10 R18 S3 S19",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  double duration(Readout readout) {
                    return description.capabilities().defaultExposure();
                  }
                }),
        broken(
            "R2",
            "exposures beyond the range taken",
            "E1 E2",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  void checkReadout(Readout readout) {}
                }),
        broken(
            "R5",
            "a reference beam that is not there is taken for granted",
            "",
            () ->
                new ReferenceDevice(INTENSITY) {
                  @Override
                  void checkReadout(Readout readout) {
                    super.checkReadout(Readout.plain(readout.exposure()));
                  }
                }),
        broken(
            "R16",
            "destinations with further planes taken",
            "",
            () ->
                new ReferenceDevice(INTENSITY) {
                  @Override
                  public synchronized void read(Readout readout, DetectorFrame into) {
                    super.read(
                        readout,
                        into.planes() == 1
                            ? into
                            : new DetectorFrame(into.shape(), 1, into.counts(), into.offset()));
                  }
                }),
        broken(
            "R4",
            "gain ignored",
            "",
            () ->
                new ReferenceDevice(INTENSITY) {
                  @Override
                  double duration(Readout readout) {
                    return readout.exposure() / readout.gain();
                  }
                }),
        broken(
            "R6",
            "reference steps of 99°",
            "T13 T14 T15 T16 T8 T9 T10 T11 T5",
            () ->
                new ReferenceDevice(FOUR_STEP) {
                  @Override
                  double referencePhase(Readout readout) {
                    return 1.1 * readout.referencePhase();
                  }
                }),
        broken(
            "R7",
            "reference not blocked",
            "R17",
            () ->
                new ReferenceDevice(FOUR_STEP) {
                  @Override
                  double signal(Readout readout, int i) {
                    return super.signal(
                        Readout.withReference(readout.exposure(), readout.referencePhase()), i);
                  }
                }),
        broken(
            "R9",
            "saturation not reported",
            "S14",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  int statedSaturation(int clipped) {
                    return 0;
                  }
                }),
        broken(
            "R10",
            "overflow wraps around",
            "R9",
            () ->
                new ReferenceDevice(INTENSITY) {
                  @Override
                  double limit(double code) {
                    return code > FULL_SCALE ? code % FULL_SCALE : Math.max(code, 0);
                  }
                }),
        broken(
            "R11",
            "counts are not whole",
            "",
            () ->
                new ReferenceDevice(INTENSITY) {
                  @Override
                  double limit(double code) {
                    return code < FULL_SCALE ? super.limit(code + 0.25) : FULL_SCALE;
                  }
                }),
        broken(
            "R12",
            "the second read of a frame is dark",
            "S3 S6 S19 T16",
            () -> new SecondReadDark(COHERENT)),
        broken(
            "R13",
            "wrong frame id",
            "",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  long statedId(long frameId) {
                    return frameId + 1;
                  }
                }),
        broken(
            "R14",
            "writes before the destination",
            "D4",
            () ->
                new ReferenceDevice(INTENSITY) {
                  @Override
                  public synchronized void read(Readout readout, DetectorFrame into) {
                    super.read(readout, into);
                    if (into.offset() > 0) {
                      into.counts().put(into.offset() - 1, 0f);
                    }
                  }
                }),
        broken(
            "R15",
            "direct destinations filled from their start",
            "R14 F14",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  public synchronized void read(Readout readout, DetectorFrame into) {
                    boolean direct = into.counts().isDirect();
                    DetectorFrame place =
                        direct
                            ? new DetectorFrame(into.shape(), into.planes(), into.counts(), 0)
                            : into;
                    super.read(readout, place);
                  }
                }),
        broken(
            "R17",
            "black level other than declared",
            "R6 R7",
            () ->
                new ReferenceDevice(FOUR_STEP) {
                  @Override
                  double signal(Readout readout, int i) {
                    return super.signal(readout, i)
                        + 20 / (SENSITIVITY * readout.exposure() * readout.gain());
                  }
                }),
        broken(
            "D2",
            "seeded noise that is not keyed",
            "D4 D5 S1 S5 F12 F13 F14 R8 R15 E2 H2 H3",
            () ->
                new ReferenceDevice(COHERENT.determinism(Determinism.SEEDED)) {
                  @Override
                  long noiseKey(long frameId, int frameRepeat, int frameStep) {
                    return System.nanoTime();
                  }
                }),
        broken(
            "D3",
            "noise that repeats do not change",
            "T5 T6 T7 T8 T9 T10 T11 T12 T13 T14 T15 T16 R3 D6",
            () ->
                new ReferenceDevice(COHERENT.determinism(Determinism.SEEDED)) {
                  @Override
                  long noiseKey(long frameId, int frameRepeat, int frameStep) {
                    return frameId;
                  }
                }),
        broken(
            "D1",
            "noise that was not declared",
            "D2 D4 D5 D6 S1 S5 F12 F13 F14 F15 R3 R8 R12 R15 S6 R17 E2 H2 H3 T5 T6 T7 T8 T9 T10 T11 T12 T13"
                + " T14 T15 T16",
            () ->
                new ReferenceDevice(COHERENT) {
                  @Override
                  double signal(Readout readout, int i) {
                    long random = System.nanoTime() % 7;
                    return super.signal(readout, i)
                        + (random - 3) * 3 / (SENSITIVITY * readout.exposure());
                  }
                }));
  }

  private static final class SecondReadDark extends ReferenceDevice {
    private boolean dark;

    SecondReadDark(Kind kind) {
      super(kind);
    }

    @Override
    public synchronized void load(SlmFrame frame) {
      dark = false;
      super.load(frame);
    }

    @Override
    public synchronized void read(Readout readout, DetectorFrame into) {
      super.read(readout, into);
      if (dark) {
        for (int i = 0; i < into.planes() * into.shape().pixels(); i++) {
          into.counts().put(into.offset() + i, 0f);
        }
      }
      dark = true;
    }
  }
}
