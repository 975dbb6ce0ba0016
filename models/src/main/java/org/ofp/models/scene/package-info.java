// SPDX-License-Identifier: Apache-2.0

/**
 * Aerial scenes with masks, made up by rules. {@link org.ofp.models.scene.SceneGenerator} is where
 * to start; {@code docs/SCENES.md} shows what comes of it.
 */
package org.ofp.models.scene;
