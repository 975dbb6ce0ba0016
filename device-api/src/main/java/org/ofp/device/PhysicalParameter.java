// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * One physical fact about a device, for people and records.
 *
 * @param name the option's or the field's standard name, such as {@code wavelength}
 * @param value the value as text; {@code off} where the effect is absent
 * @param unit the SI unit's symbol, empty for pure numbers and names
 */
@Stable(since = "0.1")
public record PhysicalParameter(String name, String value, String unit) {}
