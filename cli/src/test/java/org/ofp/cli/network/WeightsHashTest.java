// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.cli.error.CliException;

class WeightsHashTest {
  @TempDir Path folder;

  @Test
  void aFileThatChangesIsTold() throws IOException {
    Path file = Files.writeString(folder.resolve("w.safetensors"), "abc");
    WeightsHash hash = WeightsHash.of(Optional.of(file));
    // FIPS 180-2, appendix B.1
    assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", hash.sha256());
    hash.requireUnchanged();
    Files.writeString(file, "abd");
    CliException thrown = assertThrows(CliException.class, hash::requireUnchanged);
    assertTrue(thrown.getMessage().startsWith(file + ": changed while"), thrown.getMessage());
  }

  @Test
  void noFileHasNoHash() throws IOException {
    WeightsHash none = WeightsHash.of(Optional.empty());
    assertEquals("", none.sha256());
    none.requireUnchanged();
  }
}
