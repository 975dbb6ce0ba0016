// SPDX-License-Identifier: Apache-2.0
/** How fast a device is, and where the time goes. */
package org.ofp.cli.bench;
