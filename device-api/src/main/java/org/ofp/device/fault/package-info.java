// SPDX-License-Identifier: Apache-2.0
/** Faults on demand: a decorator that makes a good device a bad one, for tests. */
package org.ofp.device.fault;
