// SPDX-License-Identifier: Apache-2.0
/** The pictures of docs/OPTICAL_CONVOLUTION.md and docs/SCENES.md, made by what they show. */
package org.ofp.benchmarks.pictures;
