// SPDX-License-Identifier: Apache-2.0

/** Search for the settings of training: many for a short while, the best of them for longer. */
package org.ofp.models.training.search;
