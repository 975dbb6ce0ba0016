// SPDX-License-Identifier: Apache-2.0
/** Options and parameters that several commands share, and what they stand for. */
package org.ofp.cli.option;
