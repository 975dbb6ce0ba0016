// SPDX-License-Identifier: Apache-2.0
/** Machine-readable results. */
package org.ofp.cli.json;
