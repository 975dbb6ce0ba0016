// SPDX-License-Identifier: Apache-2.0
/** The conformance suite as a command: progress, and the report in its forms. */
package org.ofp.cli.conformance;
