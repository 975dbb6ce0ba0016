// SPDX-License-Identifier: Apache-2.0
/** Drivers that are found, and where they are looked for. */
package org.ofp.cli.driver;
