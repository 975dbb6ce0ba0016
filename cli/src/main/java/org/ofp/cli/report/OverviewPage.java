// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * What the template {@code overview.html} shows: the pictures of a run.
 *
 * @param pictures those that were segmented
 * @param failed those that could not be
 * @param wanted how many there are in all
 * @param headline what came of them, in a sentence
 * @param data for programs: the run and the names of the pages
 * @param json the same as text
 */
record OverviewPage(
    List<Entry> pictures,
    List<Failed> failed,
    int wanted,
    String headline,
    Data data,
    String json) {

  /**
   * A picture.
   *
   * @param name its file's
   * @param page name of its page
   * @param input small; null where the overview has enough pictures
   * @param overlay likewise
   * @param figures in a line
   * @param time of this computer
   */
  record Entry(
      String name, String page, PageImage input, PageImage overlay, String figures, String time) {

    /** The page's address, relative to the overview. */
    String href() {
      try {
        // "./" keeps a name with a colon from being taken for a scheme.
        return new URI(null, null, "./" + page, null).toASCIIString();
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(page, e);
      }
    }

    /** Whether it is shown small. */
    boolean shown() {
      return input != null;
    }
  }

  /** A picture that could not be segmented, and why. */
  record Failed(String name, String reason) {}

  /**
   * For programs.
   *
   * @param format 1
   * @param run how
   * @param pages names of the pictures' pages
   * @param failed what could not be segmented
   */
  record Data(int format, RunSection run, List<String> pages, List<Failed> failed) {}

  static OverviewPage of(RunSection run, List<Entry> pictures, List<Failed> failed, int wanted) {
    Data data = new Data(1, run, pictures.stream().map(Entry::page).toList(), failed);
    int done = pictures.size();
    String headline =
        (done == wanted ? Numbers.count(done, "picture") : done + " of " + wanted + " pictures")
            + " segmented "
            + (run.optical() ? "by light." : "electronically.");
    return new OverviewPage(
        List.copyOf(pictures), List.copyOf(failed), wanted, headline, data, ScriptJson.of(data));
  }

  /** Whether some could not be segmented. */
  boolean failures() {
    return !failed.isEmpty();
  }
}
