// SPDX-License-Identifier: Apache-2.0
/** From a photograph to a picture of what is where in it. */
package org.ofp.cli.segment;
