// SPDX-License-Identifier: Apache-2.0

/** What publishers of ImageNet weights call the parts of the encoders. Names only, no tensors. */
package org.ofp.models.pretrained;
