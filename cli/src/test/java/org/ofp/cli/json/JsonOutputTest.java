// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonOutputTest {
  record Layer(String name, double predictedSnrDb, long frames, Path file) {}

  @Test
  void recordsKeepTheirOrderAndTextItsCharacters() {
    assertEquals(
        """
        {
          "name" : "Bäume",
          "predictedSnrDb" : 41.5,
          "frames" : 12,
          "file" : "a b/c.npy"
        }
        """,
        json(new Layer("Bäume", 41.5, 12, Path.of("a b", "c.npy"))));
  }

  @Test
  void numbersThatAreNotFiniteAreNullWhereverTheyStand() {
    assertEquals(
        "[\n  null,\n  null,\n  null,\n  1.0\n]\n",
        json(List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1.0)));
    assertEquals("[\n  null,\n  2.0\n]\n", json(new double[] {Double.NaN, 2}));
    assertEquals("[\n  null,\n  2.0\n]\n", json(new float[] {Float.NaN, 2}));
    assertEquals("{\n  \"x\" : null\n}\n", json(Map.of("x", Double.NaN)));
    assertEquals("null\n", json(JsonNodeFactory.instance.numberNode(Double.NaN)));
  }

  private static String json(Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonOutput.write(out, value);
    return out.toString(StandardCharsets.UTF_8);
  }
}
