// SPDX-License-Identifier: Apache-2.0
/** Exit statuses, and what the user is told when something goes wrong. */
package org.ofp.cli.error;
