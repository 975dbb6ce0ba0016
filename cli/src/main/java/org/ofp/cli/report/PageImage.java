// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

/**
 * A picture in the page.
 *
 * @param id of the kind of picture
 * @param title above it
 * @param alt for those who do not see it
 * @param note below it; may be empty
 * @param source a data URI
 * @param width in pixels
 * @param height in pixels
 * @param mask whether its pixels are to stay sharp when it grows
 */
record PageImage(
    String id,
    String title,
    String alt,
    String note,
    String source,
    int width,
    int height,
    boolean mask) {}
