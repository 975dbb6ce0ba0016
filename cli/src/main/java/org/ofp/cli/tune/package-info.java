// SPDX-License-Identifier: Apache-2.0
/** The search for settings of training, on the command line. */
package org.ofp.cli.tune;
