// SPDX-License-Identifier: Apache-2.0

/** Training a network: losses, optimiser, epochs, early stopping, checkpoints. */
package org.ofp.models.training;
