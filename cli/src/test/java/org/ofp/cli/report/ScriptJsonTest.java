// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptJsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "<!-- <script>",
        "]]>&lt;&#60;",
        "\"\\u003c\u2028\u2029\u0000\n",
      })
  void anyTextStaysWithinItsElement(String text) throws IOException {
    String json = ScriptJson.of(Map.of("text", text));
    assertFalse(json.contains("<"), json);
    String page = "<script type='application/json' id='x'>" + json + "</script><p>after</p>";
    String data = Jsoup.parse(page).getElementById("x").data();
    assertEquals(text, new ObjectMapper().readTree(data).get("text").asText());
    assertEquals("after", Jsoup.parse(page).select("p").text());
  }
}
