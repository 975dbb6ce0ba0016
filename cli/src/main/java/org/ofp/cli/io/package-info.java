// SPDX-License-Identifier: Apache-2.0
/** Files that go in and out: arrays, and the checks before the work starts. */
package org.ofp.cli.io;
