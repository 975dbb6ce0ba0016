// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/** Where noise comes from, as variances per complex sample. */
final class NoiseTerms {
  double shot;
  double read;
  double converter;
  double dark;
  double source;
  double clipping;
}
