// SPDX-License-Identifier: Apache-2.0
/** Devices: opening them, and what there is to say about them. */
package org.ofp.cli.device;
