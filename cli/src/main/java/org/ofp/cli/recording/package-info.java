/** What {@code ofp replay} says about a recording. */
package org.ofp.cli.recording;
