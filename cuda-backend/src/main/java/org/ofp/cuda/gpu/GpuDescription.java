// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

/**
 * What the driver says about a GPU.
 *
 * @param ordinal its number N of {@code cuda:N}
 * @param name such as {@code "NVIDIA H100 80GB HBM3"}
 * @param computeCapability major·10 + minor, such as 90
 * @param driverVersion CUDA version that the driver supports, such as 13000 for 13.0
 * @param multiprocessors their number
 * @param totalBytes its memory
 */
public record GpuDescription(
    int ordinal,
    String name,
    int computeCapability,
    int driverVersion,
    int multiprocessors,
    long totalBytes) {}
