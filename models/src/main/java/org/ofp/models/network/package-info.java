// SPDX-License-Identifier: Apache-2.0

/**
 * The article's networks as libtorch modules whose convolutions are all {@code OptConv2d} or {@code
 * OptConvTranspose2d}. Start at {@link org.ofp.models.network.UNetVgg}, the plainest, or at {@link
 * org.ofp.models.network.UNetEfficientNet}. Parameter names are those of the article's PyTorch
 * classes.
 *
 * <p>Not thread-safe: one forward pass at a time per network.
 */
package org.ofp.models.network;
