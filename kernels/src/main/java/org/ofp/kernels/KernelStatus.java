// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

/**
 * What is known about one engine, as {@code ofp info} shows it.
 *
 * @param kind {@code "fft"}, {@code "product"} or {@code "pointwise"}
 * @param name the engine's name, or the provider's class where it could not even be constructed
 * @param priority the higher one wins among the available
 * @param available whether the engine can be used in this process
 * @param reason why it cannot; empty if it can
 */
public record KernelStatus(
    String kind, String name, int priority, boolean available, String reason) {}
