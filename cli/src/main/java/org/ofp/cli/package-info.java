// SPDX-License-Identifier: Apache-2.0
/** The {@code ofp} command: the root and one class per subcommand. */
package org.ofp.cli;
