// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

import java.util.Optional;

/**
 * One numbered rule of the specification, {@code docs/SPEC.md}.
 *
 * @param id chapter letter and number, such as {@code F3}
 * @param chapter the chapter's title
 * @param must whether the rule is a MUST; otherwise it is a SHOULD
 * @param text what is asked of a device, one or two sentences
 * @param untested why no test decides the rule; empty if one does
 */
public record SpecRule(
    String id, String chapter, boolean must, String text, Optional<String> untested) {}
