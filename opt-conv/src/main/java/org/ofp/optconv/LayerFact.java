// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

/**
 * What a layer was seen to do in a forward pass.
 *
 * @param name its qualified name
 * @param route where it ran
 * @param frames frames that it showed, over all images of the pass
 */
public record LayerFact(String name, Route route, long frames) {}
