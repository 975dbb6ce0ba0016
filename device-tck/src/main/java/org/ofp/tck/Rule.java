// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** Marks the test of a rule of {@code docs/SPEC.md}; its name begins with the rule's id. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Test
public @interface Rule {
  /** The rule's id, such as {@code F3}. */
  String value();
}
