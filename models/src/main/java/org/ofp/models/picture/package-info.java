// SPDX-License-Identifier: Apache-2.0
/** Picture files: photographs read, masks written, sizes changed. */
package org.ofp.models.picture;
