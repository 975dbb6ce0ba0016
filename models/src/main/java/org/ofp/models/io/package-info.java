// SPDX-License-Identifier: Apache-2.0

/** Weights in files: the safetensors format, and atomic writing. No tensor library needed. */
package org.ofp.models.io;
