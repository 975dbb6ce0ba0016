// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void replacesTheTarget() throws IOException {
    Path target = Files.writeString(folder.resolve("a"), "the old content");
    AtomicFile.write(target, out -> out.write(NEW));
    assertEquals("new", Files.readString(target));
    assertFiles("a");
  }

  @Test
  void createsTheTargetWithOrdinaryPermissions() throws IOException {
    Path target = folder.resolve("a");
    AtomicFile.write(target, out -> out.write(NEW));
    Path ordinary = Files.writeString(folder.resolve("b"), "");
    assertEquals("new", Files.readString(target));
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      assertEquals(Files.getPosixFilePermissions(ordinary), Files.getPosixFilePermissions(target));
    }
  }

  @Test
  void theOldContentIsThereUntilTheEnd() throws IOException {
    Path target = Files.writeString(folder.resolve("a"), "old");
    AtomicFile.write(
        target,
        out -> {
          out.write(NEW);
          out.flush();
          assertEquals("old", Files.readString(target));
        });
  }

  @Test
  void aFailureLeavesTheOldContentAndNothingElse() throws IOException {
    Path target = Files.writeString(folder.resolve("a"), "old");
    assertThrows(IOException.class, () -> AtomicFile.write(target, this::fail));
    assertEquals("old", Files.readString(target));
    Path absent = folder.resolve("b");
    assertThrows(IOException.class, () -> AtomicFile.write(absent, this::fail));
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                absent,
                out -> {
                  throw new IllegalStateException("unchecked");
                }));
    assertFiles("a");
  }

  @Test
  void followsSymbolicLinks() throws IOException {
    Path target = Files.writeString(folder.resolve("a"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    AtomicFile.write(link, out -> out.write(NEW));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(target));
  }

  @Test
  void refusesDirectories() {
    assertThrows(IOException.class, () -> AtomicFile.write(folder, out -> out.write(NEW)));
    Path nowhere = folder.resolve("absent").resolve("a");
    assertThrows(NoSuchFileException.class, () -> AtomicFile.write(nowhere, out -> out.write(NEW)));
  }

  @Test
  void writesToDevicesWithoutReplacingThem() throws IOException {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "no /dev/null on this system");
    AtomicFile.write(device, out -> out.write(NEW));
    assertTrue(!Files.isRegularFile(device));
  }

  private void fail(OutputStream out) throws IOException {
    out.write(NEW);
    throw new IOException("disk full");
  }

  private void assertFiles(String... names) {
    assertArrayEquals(names, folder.toFile().list());
  }
}
