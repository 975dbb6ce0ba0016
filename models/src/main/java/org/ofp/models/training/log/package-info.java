// SPDX-License-Identifier: Apache-2.0

/** What is written down while a network learns: TensorBoard event files, a CSV table. */
package org.ofp.models.training.log;
