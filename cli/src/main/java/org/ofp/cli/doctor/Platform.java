// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;

/**
 * Java, the system, and the limits of both. Bytes throughout; in a container they are the
 * container's.
 *
 * @param java version
 * @param javaVendor who made it
 * @param javaHome where it is
 * @param system name and version
 * @param architecture of the processors
 * @param processors that Java may use
 * @param memory of the computer or container
 * @param freeMemory of it, file caches not counted as free
 * @param heapLimit for Java objects
 * @param nativeLimit for tensors, 0 for none
 * @param processLimit for the whole process as JavaCPP enforces it, 0 for none
 */
public record Platform(
    String java,
    String javaVendor,
    String javaHome,
    String system,
    String architecture,
    int processors,
    long memory,
    long freeMemory,
    long heapLimit,
    long nativeLimit,
    long processLimit) {

  /** This process. */
  static Platform here() {
    long memory = 0;
    long free = 0;
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      memory = system.getTotalMemorySize();
      free = system.getFreeMemorySize();
    }
    long nativeLimit = 0;
    long processLimit = 0;
    try {
      nativeLimit = Pointer.maxBytes();
      processLimit = Pointer.maxPhysicalBytes();
    } catch (LinkageError e) {
      // JavaCPP does not load here, as the libraries' reasons say; then there is no limit to state.
    }
    return new Platform(
        System.getProperty("java.version"),
        System.getProperty("java.vendor"),
        System.getProperty("java.home"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        memory,
        free,
        Runtime.getRuntime().maxMemory(),
        nativeLimit,
        processLimit);
  }
}
