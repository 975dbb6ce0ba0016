// SPDX-License-Identifier: Apache-2.0
//
// What products need beside cuBLAS.
#include "ofp.cuh"

// Gives every row one value, onto which a product is added then: y[rows][columns] = values[row].
// A row has whole blocks to itself.
OFP_KERNEL fill_rows(float *y, const float *values, int columns) {
  Place place = ofp_place(columns);
  if (place.outside) {
    return;
  }
  y[place.index] = values[place.frame];
}
