// SPDX-License-Identifier: Apache-2.0

/**
 * Segmentation models on optical or electronic convolutions. Start at {@link
 * org.ofp.models.Models}.
 */
package org.ofp.models;
