/**
 * Recording what passes a device into one file, and a device that serves it again: {@code
 * record:FILE@device} and {@code replay:FILE}. docs/RECORDING.md has the file's layout.
 */
package org.ofp.device.recording;
