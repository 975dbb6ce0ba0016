// SPDX-License-Identifier: Apache-2.0
/**
 * The page that {@code ofp segment} writes: what was found, how, and how to find it again.
 *
 * <p>{@link org.ofp.cli.report.Report} is the way in. It turns a picture's result into a {@code
 * PicturePage} of plain records, whose names are those that the templates use, and {@code Template}
 * turns that into HTML. The page is one file that asks for nothing: pictures are data URIs, charts
 * are inline SVG, there is no script, and a content security policy keeps it so.
 */
package org.ofp.cli.report;
