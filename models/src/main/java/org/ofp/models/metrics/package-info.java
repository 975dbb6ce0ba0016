// SPDX-License-Identifier: Apache-2.0

/** How well predicted masks agree with labels. */
package org.ofp.models.metrics;
