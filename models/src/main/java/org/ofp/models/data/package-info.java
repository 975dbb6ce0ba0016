// SPDX-License-Identifier: Apache-2.0

/** From folders of pictures and masks to batches: crops, split, augmentation, class weights. */
package org.ofp.models.data;
