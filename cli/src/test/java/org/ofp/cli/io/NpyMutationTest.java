// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.ofp.cli.OfpRun;

/** Whatever happens to a file, it is read or refused in one line; nothing else ever comes out. */
class NpyMutationTest {
  private static final String HEADER =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n";

  private static Path file;

  /** One edit of the bytes. */
  record Edit(int at, byte value, boolean insert) {}

  @BeforeContainer
  static void makeFile() throws IOException {
    file = Files.createTempFile("mutated", ".npy");
  }

  @AfterContainer
  static void deleteFile() throws IOException {
    Files.delete(file);
  }

  @Property(tries = 500)
  void mutatedFilesAreReadOrRefused(@ForAll("edits") List<Edit> edits, @ForAll boolean version2) {
    byte[] bytes = NpyTest.file(version2 ? 2 : 1, HEADER, 24);
    for (Edit edit : edits) {
      bytes = apply(edit, bytes);
    }
    write(bytes);
    OfpRun run = OfpRun.doing(ofp -> assertEquals(6, NpyReader.read(file).values().length));
    if (run.status() != 0) {
      run.assertFails(1, file.toString() + ": ");
    }
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, 80);
    // The characters of headers reach deeper into the parser than arbitrary bytes do.
    Arbitrary<Byte> values =
        Arbitraries.oneOf(
            Arbitraries.bytes(),
            Arbitraries.of("{}()[]'\",:<>-0123456789L \nOfcTrueFalse".chars().boxed().toList())
                .map(Integer::byteValue));
    return Combinators.combine(places, values, Arbitraries.of(true, false))
        .as(Edit::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static byte[] apply(Edit edit, byte[] bytes) {
    if (!edit.insert()) {
      bytes[edit.at()] = edit.value();
      return bytes;
    }
    byte[] longer = new byte[bytes.length + 1];
    System.arraycopy(bytes, 0, longer, 0, edit.at());
    longer[edit.at()] = edit.value();
    System.arraycopy(bytes, edit.at(), longer, edit.at() + 1, bytes.length - edit.at());
    return longer;
  }

  private static void write(byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
