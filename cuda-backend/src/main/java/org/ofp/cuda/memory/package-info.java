// SPDX-License-Identifier: Apache-2.0
/**
 * Data that stay on the GPU from frame to spectrum to output: {@link org.ofp.device.DeviceMemory}.
 * Internal; may change at any time.
 */
package org.ofp.cuda.memory;
