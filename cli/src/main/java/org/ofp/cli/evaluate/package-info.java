// SPDX-License-Identifier: Apache-2.0
/** How well a network does on pictures whose masks are known. */
package org.ofp.cli.evaluate;
