// SPDX-License-Identifier: Apache-2.0
/** For drivers: what leaves a bench dark when its owner hangs. */
package org.ofp.device.safety;
