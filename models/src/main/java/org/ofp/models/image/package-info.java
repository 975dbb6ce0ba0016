// SPDX-License-Identifier: Apache-2.0

/**
 * From pixels to a network's input and from its logits to pictures and figures, on plain arrays: a
 * picture is an {@code int[]} of ARGB pixels, row-major.
 */
package org.ofp.models.image;
