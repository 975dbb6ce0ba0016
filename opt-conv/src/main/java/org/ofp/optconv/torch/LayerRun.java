// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.ofp.optconv.ConvolutionSpec;
import org.ofp.optconv.Route;

/**
 * What happened when a layer ran.
 *
 * @param layer number of the layer in the order of construction, from 0
 * @param spec what it computes
 * @param route where it ran
 * @param frames frames shown on the device
 * @param seconds wall-clock time
 */
public record LayerRun(int layer, ConvolutionSpec spec, Route route, long frames, double seconds) {}
