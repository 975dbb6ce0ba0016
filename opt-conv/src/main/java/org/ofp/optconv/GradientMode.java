// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

/** Where the gradients of a layer come from that runs on a device. */
public enum GradientMode {
  /**
   * From the exact convolution, by libtorch, whatever the device made of the forward pass. Can be
   * differentiated again.
   */
  PERFECT,
  /**
   * From the device, as the forward pass: those of the input and of the weights. The gradient of
   * the bias is a sum and computed electronically, and so are the gradients of 1×1 layers. Cannot
   * be differentiated again.
   */
  OPTICAL,
  /** From nowhere: a backward pass that reaches the layer fails and says so. */
  NONE
}
