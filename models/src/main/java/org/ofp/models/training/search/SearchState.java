// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ofp.models.io.AtomicFile;
import org.ofp.models.io.UnusableFileException;

/**
 * What {@code search.json} holds: everything a search needs to go on after it was ended.
 *
 * @param format of the file
 * @param setup of the search
 * @param scores so far, in the order in which they came
 */
record SearchState(int format, SearchSetup setup, List<Score> scores) {
  private static final int FORMAT = 1;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  SearchState(SearchSetup setup, List<Score> scores) {
    this(FORMAT, setup, scores);
  }

  void write(Path file) throws IOException {
    // As bytes, because Jackson would close the stream.
    byte[] json = MAPPER.writeValueAsBytes(this);
    AtomicFile.write(file, out -> out.write(json));
  }

  static SearchState read(Path file) throws IOException {
    SearchState state;
    try {
      state = MAPPER.readValue(Files.readAllBytes(file), SearchState.class);
    } catch (JsonProcessingException e) {
      throw damaged(file, e);
    }
    if (state == null || !state.sound()) {
      throw damaged(file, null);
    }
    return state;
  }

  private boolean sound() {
    if (format != FORMAT || setup == null || scores == null) {
      return false;
    }
    List<Halving.Rung> rungs = setup.halving().rungs();
    Set<List<Integer>> seen = new HashSet<>();
    return scores.stream()
        .allMatch(
            score ->
                score != null
                    && score.trial() >= 0
                    && score.trial() < setup.trials().size()
                    && score.rung() >= 0
                    && score.rung() < rungs.size()
                    && score.epochs() == rungs.get(score.rung()).epochs()
                    && seen.add(List.of(score.trial(), score.rung())));
  }

  private static UnusableFileException damaged(Path file, Exception cause) {
    return new UnusableFileException(
        file + ": is damaged, or not of this version; search in another folder", cause);
  }
}
