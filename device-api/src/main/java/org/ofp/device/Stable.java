// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a public type, its nested types included, on which callers and drivers may build: a change
 * that breaks compiled code comes only with a new {@link OpticalFourierDevice#API_LEVEL}. A stable
 * type shows no {@link Experimental} type in its public signatures.
 */
@Stable(since = "0.1")
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Stable {
  /** The release in which the type became stable. */
  String since();
}
