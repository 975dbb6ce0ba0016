// SPDX-License-Identifier: Apache-2.0
/** Training for people: progress, how to go on after an end, reports. */
package org.ofp.cli.train;
