// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

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
    /** What RFC 3986 calls unreserved. */
    private static final String PLAIN =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /** The page's address, relative to the overview. */
    String href() {
      // "./" keeps a name with a colon from being taken for a scheme. The bytes of the name stay as
      // they are: URI.toASCIIString would compose letters and accents into the name of no file.
      StringBuilder href = new StringBuilder("./");
      for (byte b : page.getBytes(StandardCharsets.UTF_8)) {
        if (b > 0 && PLAIN.indexOf(b) >= 0) {
          href.append((char) b);
        } else {
          href.append(String.format(Locale.ROOT, "%%%02X", b & 0xFF));
        }
      }
      return href.toString();
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
