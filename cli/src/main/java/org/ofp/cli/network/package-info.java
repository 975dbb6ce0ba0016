// SPDX-License-Identifier: Apache-2.0
/** Running convolutions and networks, on a device or without one. */
package org.ofp.cli.network;
