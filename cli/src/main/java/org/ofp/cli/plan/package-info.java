// SPDX-License-Identifier: Apache-2.0
/** What a network takes of a device, layer by layer. */
package org.ofp.cli.plan;
