// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ofp.device.Availability;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** Why there is no GPU; the cases that need a driver are in {@link FakeCudaTest}. */
class CudaDriverTest {
  @Test
  void platformsWithoutCudaAreNamed() {
    assertTrue(CudaDriver.unsupported("Linux", "amd64").isEmpty());
    assertTrue(CudaDriver.unsupported("Windows 11", "amd64").isEmpty());
    assertEquals(
        "CUDA is supported on x86-64 Linux and Windows, not on Mac OS X (aarch64)",
        CudaDriver.unsupported("Mac OS X", "aarch64").orElseThrow());
    assertTrue(CudaDriver.unsupported("Linux", "aarch64").isPresent());
  }

  @Test
  void aDriverThatRefusesIsExplained() {
    assertEquals(
        "the NVIDIA driver shows no GPU: CUDA_ERROR_NO_DEVICE (100)",
        CudaDriver.refused(100, 12020, null).reason());
    assertTrue(
        CudaDriver.refused(100, 12020, "")
            .reason()
            .endsWith("CUDA_VISIBLE_DEVICES is '', which may hide them"));
    assertTrue(CudaDriver.refused(34, 12020, null).reason().contains("stub of the CUDA toolkit"));
    assertTrue(CudaDriver.refused(803, 12020, null).reason().endsWith("restart the host"));
    assertEquals(
        "the NVIDIA driver does not start: cuInit: CUDA_ERROR_SYSTEM_NOT_READY (802)",
        CudaDriver.refused(802, 12020, null).reason());
    assertFalse(CudaDriver.refused(802, 12020, null).usable());
  }

  @Test
  void gpusThatAreTooOldAreShownAndNotUsed() {
    GpuDescription volta = new GpuDescription(0, "Tesla V100", 70, 12020, 80, 16L << 30);
    GpuDescription turing = new GpuDescription(1, "Tesla T4", 75, 12020, 40, 16L << 30);
    GpuSurvey old = GpuSurvey.of(12020, List.of(volta));
    assertFalse(old.usable());
    assertEquals(
        "Tesla V100 has compute capability 7.0; 7.5 (Turing) or newer is needed", old.reason());
    assertTrue(GpuSurvey.of(12020, List.of(volta, turing)).usable());
    assertEquals("12.2", old.driverCuda());
    assertEquals("13.0", GpuSurvey.none("", 13000).driverCuda());
    assertEquals("", GpuSurvey.none("", 0).driverCuda());
  }

  @Test
  void withoutADriverTheReasonIsKept() {
    GpuSurvey survey = CudaDriver.survey();
    assumeFalse(survey.driverVersion() > 0, "there is a driver");
    assertFalse(survey.usable());
    assertFalse(survey.reason().isBlank());
    assertFalse(survey.reason().contains("\n"), survey.reason());
    assertFalse(survey.reason().contains("NoClassDefFoundError"), survey.reason());
    assertSame(survey, CudaDriver.survey());
    assertEquals(Availability.no(survey.reason()), CudaProbe.availability());
    DeviceException e = assertThrows(DeviceException.class, () -> DriverGpu.open(0));
    assertEquals(ErrorCode.UNAVAILABLE, e.code());
    assertEquals("cuda:0 cannot be opened here: " + survey.reason(), e.getMessage());
  }

  @Test
  void lookingLeavesTheTemporaryFolderAlone() throws IOException {
    String before = System.getProperty("java.io.tmpdir");
    CudaDriver.survey();
    CudaLibraries.JCUFFT.missing();
    assertEquals(before, System.getProperty("java.io.tmpdir"));
    File file = File.createTempFile("ofp-", ".test");
    assertTrue(file.delete());
    assertEquals(new File(before), file.getParentFile());
  }
}
