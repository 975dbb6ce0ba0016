// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceException;

/**
 * The text at the beginning of a recording: what the file is, how it is laid out, the device, where
 * it comes from. Its first line has a fixed length and says how long the text is.
 *
 * @param device as it described itself
 * @param provenance of the recording
 */
record RecordingHeader(DeviceDescription device, Provenance provenance) {
  /** Bytes of the first line. */
  static final int FIRST_LINE = 64;

  /** Longest header that is read. */
  static final int MAX_BYTES = 1 << 22;

  private static final String MAGIC = "OFP-RECORDING";
  private static final int VERSION = 1;
  private static final Pattern FIRST =
      Pattern.compile(MAGIC + " (\\d{1,4}) header=(\\d{8}) crc32c=([0-9a-f]{8}) *\n");

  private static final String EXPLANATION =
      """

      A recording of a device for optical Fourier transforms: every frame that was shown and what
      the detector read. This text is header=... bytes long, its crc32c that of all after line one.

      Then records follow, little-endian, each at a multiple of 8 bytes:
        0  char[4] kind   4  u32 CRC32C of the payload   8  u64 bytes of the payload
       16  u32 CRC32C of bytes 0 to 15   20  u32 0   24  payload, zeros up to a multiple of 8
      "JOB "  a job begins:  u64 job, u64 frames
      "FRAM"  a frame:
        0  u64 job, u32 index in it, u32 code of the counts (0 float32, 1 uint16, 2 int16)
       16  i64 frame id, i32 repeat, u32 rows, u32 cols, u32 planes per read
       40  f64 exposure target, f64 meter exposure (s), i64 time stamp (ns, 0 in a job)
       64  u32 automatic exposure (0 or 1), u32 reads
       72  for each read: f64 exposure asked for (s), f64 gain, f64 reference phase (rad),
           f64 exposure used (s), u32 reference on (0 or 1), u32 values that were clipped
           f32 [rows, cols, 2] amplitudes asked for: re, im
           counts [reads, planes, rows, cols], zero order in [rows/2, cols/2]: f32, or 16-bit words
           that hold in turn one count of the first half, rounded up, and one of the second
      "FAIL"  a job failed:  u64 job, then UTF-8 text
      "PAD "  nothing
      "END "  closed properly:  u64 frames recorded
      A file without END was cut off; all complete records in front of the end are good.

      """;

  /** The header, padded with empty lines to a multiple of {@code alignment} bytes. */
  byte[] bytes(int alignment) {
    HeaderFields fields = new HeaderFields();
    fields.put("recorded.begun", provenance.begun());
    fields.put("recorded.host", provenance.host());
    fields.put("recorded.software", provenance.software());
    fields.put("recorded.address", provenance.address());
    fields.put("recorded.command", provenance.command());
    DescriptionFields.write(device, fields);
    byte[] text = (EXPLANATION + fields.lines()).getBytes(StandardCharsets.UTF_8);
    int length = (int) RecordFormat.roundUp(FIRST_LINE + text.length, alignment);
    ByteBuffer header = ByteBuffer.allocate(length);
    header.position(FIRST_LINE).put(text);
    while (header.hasRemaining()) {
      header.put((byte) '\n');
    }
    String first =
        String.format(
            Locale.ROOT,
            "%s %d header=%08d crc32c=%08x",
            MAGIC,
            VERSION,
            length,
            crc(header.array()));
    header.put(0, String.format(Locale.ROOT, "%-63s\n", first).getBytes(StandardCharsets.UTF_8));
    return header.array();
  }

  /** The checksum of what follows the first line. */
  private static int crc(byte[] header) {
    CRC32C crc = new CRC32C();
    crc.update(header, FIRST_LINE, header.length - FIRST_LINE);
    return (int) crc.getValue();
  }

  /**
   * How long the header is that begins with this line.
   *
   * @throws IllegalArgumentException if it is none
   */
  static int length(byte[] firstLine) {
    Matcher line = firstLine(firstLine);
    if (!line.matches()) {
      throw new IllegalArgumentException("it does not begin like a recording");
    }
    if (Integer.parseInt(line.group(1)) != VERSION) {
      throw new IllegalArgumentException(
          "it has version " + line.group(1) + " of the format, this SDK reads version " + VERSION);
    }
    int length = Integer.parseInt(line.group(2));
    if (length < FIRST_LINE || length > MAX_BYTES || length % RecordFormat.STEP != 0) {
      throw new IllegalArgumentException("its header cannot be " + length + " bytes long");
    }
    return length;
  }

  private static Matcher firstLine(byte[] header) {
    return FIRST.matcher(new String(header, 0, FIRST_LINE, StandardCharsets.ISO_8859_1));
  }

  /**
   * Reads a whole header.
   *
   * @throws IllegalArgumentException if it is damaged
   */
  static RecordingHeader parse(byte[] header) {
    Matcher line = firstLine(header);
    if (!line.matches() || Integer.parseUnsignedInt(line.group(3), 16) != crc(header)) {
      throw new IllegalArgumentException("its header is damaged: the checksum differs");
    }
    try {
      HeaderFields fields = new HeaderFields();
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(header, FIRST_LINE, header.length - FIRST_LINE))
          .toString()
          .lines()
          .forEach(fields::parse);
      return new RecordingHeader(
          DescriptionFields.read(fields),
          new Provenance(
              fields.text("recorded.host"),
              fields.text("recorded.software"),
              fields.text("recorded.address"),
              fields.text("recorded.command"),
              Instant.parse(fields.text("recorded.begun"))));
    } catch (CharacterCodingException | DateTimeException | DeviceException e) {
      throw new IllegalArgumentException("its header makes no sense: " + e.getMessage(), e);
    }
  }
}
