// SPDX-License-Identifier: Apache-2.0
/** What this computer offers to the SDK, and what stands in its way. */
package org.ofp.cli.doctor;
