// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.term;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Remembers why results could not be delivered. {@link java.io.PrintStream} swallows the exception,
 * and the difference matters: a full disk is an error, a reader such as {@code head} that has seen
 * enough is not.
 */
final class DeliveryStream extends FilterOutputStream {
  private IOException failure;

  DeliveryStream(OutputStream out) {
    super(out);
  }

  @Override
  public synchronized void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw remember(e);
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw remember(e);
    }
  }

  /** The first failure, or null. */
  synchronized IOException failure() {
    return failure;
  }

  private IOException remember(IOException e) {
    if (failure == null) {
      failure = e;
    }
    return e;
  }
}
