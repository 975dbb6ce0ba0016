// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.cli.OfpRun;

class OutputTargetTest {
  @TempDir private Path folder;

  @Test
  void goodTargetsPassAndNothingIsLeft() throws IOException {
    OutputTarget.checkFile(folder.resolve("new.npy"));
    OutputTarget.checkFile(Path.of("relative-without-folder.npy"));
    assertContents();
    Files.writeString(folder.resolve("old.npy"), "old");
    OutputTarget.checkFile(folder.resolve("old.npy"));
    OutputTarget.prepareFolder(folder.resolve("a/b"));
    OutputTarget.prepareFolder(folder.resolve("a/b"));
    assertContents("a", "old.npy");
    assertTrue(Files.isDirectory(folder.resolve("a/b")));
  }

  @Test
  void badTargetsAreRefusedBeforeTheWork() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "content");
    assertFileRefused(folder, "is a folder");
    assertFileRefused(folder.resolve("missing/x.npy"), "missing does not exist");
    assertFileRefused(file.resolve("x.npy"), "does not exist");
    assertFolderRefused(file, "is a file");
    assertFolderRefused(file.resolve("out"), "cannot be made");
    assertContents("file");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void unwritableFoldersAreRefusedEvenForRoot() {
    assertFileRefused(Path.of("/proc/x.npy"), "files cannot be written");
    assertFolderRefused(Path.of("/proc"), "files cannot be written");
    assertFolderRefused(Path.of("/proc/out"), "cannot be made");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void devicesAreWrittenDirectly() {
    OutputTarget.checkFile(Path.of("/dev/null"));
  }

  private static void assertFileRefused(Path file, String part) {
    OfpRun.doing(ofp -> OutputTarget.checkFile(file)).assertFails(1, file.toString(), part);
  }

  private static void assertFolderRefused(Path file, String part) {
    OfpRun.doing(ofp -> OutputTarget.prepareFolder(file)).assertFails(1, file.toString(), part);
  }

  private void assertContents(String... names) throws IOException {
    try (var files = Files.list(folder)) {
      assertArrayEquals(names, files.map(file -> file.getFileName().toString()).sorted().toArray());
    }
  }
}
