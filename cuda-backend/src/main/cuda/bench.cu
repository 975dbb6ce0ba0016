// SPDX-License-Identifier: Apache-2.0
//
// The physics of a simulated bench, in the light's order. The formulas are the simulator's
// (org.ofp.sim), and so is the order of the operations: with the same transform the counts are the
// same bit for bit, apart from the elementary functions of real.cuh. All tables come from the host.
//
// Frames lie one after the other, pixels row by row; one thread for a pixel.

#include "lens.cuh"
#include "modulator.cuh"
#include "sensor.cuh"
