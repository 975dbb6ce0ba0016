// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a recording in memory, and writes it to a file in the end; fails when told to. */
final class MemorySink implements RecordingSink {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Path file;
  volatile long room = Long.MAX_VALUE;

  MemorySink(Path file) {
    this.file = file;
  }

  @Override
  public int alignment() {
    return RecordFormat.STEP;
  }

  @Override
  public void write(ByteBuffer block) throws IOException {
    byte[] part = new byte[(int) Math.min(room - bytes.size(), block.remaining())];
    block.get(part);
    bytes.writeBytes(part);
    if (block.hasRemaining()) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public void force() {
    // Nothing is written before the end.
  }

  @Override
  public void close() throws IOException {
    Files.write(file, bytes.toByteArray());
  }
}
