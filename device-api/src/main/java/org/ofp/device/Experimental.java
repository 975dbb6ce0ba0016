// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a public type, its nested types included, that may change or go with any release. The
 * compatibility check of releases leaves such types out.
 */
@Stable(since = "0.1")
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Experimental {
  /** The release in which the type appeared. */
  String since();
}
