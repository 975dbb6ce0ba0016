// SPDX-License-Identifier: Apache-2.0
/** Fields on their way to a device and back. */
package org.ofp.cli.field;
