// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

/** A kernel that is ready to be launched; valid while its {@link Gpu} is open. */
public interface GpuFunction {
  /** Its name in the source. */
  String name();
}
