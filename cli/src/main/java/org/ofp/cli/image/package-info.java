// SPDX-License-Identifier: Apache-2.0
/** Pictures that go in and out. */
package org.ofp.cli.image;
