// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.field;

import java.util.List;
import org.ofp.cli.io.NpyArray;

/**
 * What came of transforms.
 *
 * @param array the fields or counts
 * @param clipped detector counts that clipped
 * @param exposures of each frame in seconds; empty where they are not the user's concern
 */
public record TransformResult(NpyArray array, long clipped, List<Double> exposures) {}
