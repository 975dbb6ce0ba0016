// SPDX-License-Identifier: Apache-2.0
/** Pictures of how training and a search went. */
package org.ofp.cli.chart;
