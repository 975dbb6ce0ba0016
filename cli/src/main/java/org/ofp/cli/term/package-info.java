// SPDX-License-Identifier: Apache-2.0
/** Standard output and error as a person or a log sees them: lines, progress, colour. */
package org.ofp.cli.term;
