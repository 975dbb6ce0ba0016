// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.util.Optional;

/**
 * SHA-256 of the files that a picture was read from, when they were read.
 *
 * @param picture of the picture's file
 * @param truth of the mask with its ground truth
 */
public record FileHashes(String picture, Optional<String> truth) {}
