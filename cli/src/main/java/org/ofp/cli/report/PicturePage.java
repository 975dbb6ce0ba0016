// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ofp.cli.segment.ImageReport;
import org.ofp.cli.segment.PictureResult;
import org.ofp.cli.segment.TruthScores;
import org.ofp.models.io.Sha256;

/**
 * What the template {@code picture.html} shows.
 *
 * @param overview name of the page that lists all pictures; empty if this is the only one
 * @param headline what came of it, in a sentence
 * @param hero the picture beside the headline
 * @param figures numbers shown large
 * @param images all pictures
 * @param classes rows of the table of classes
 * @param charts of the layers, or why there are none
 * @param layers rows of the table of layers
 * @param totals below them
 * @param data for programs
 * @param json the same as text
 */
record PicturePage(
    String overview,
    String headline,
    PageImage hero,
    List<KeyFigure> figures,
    List<PageImage> images,
    List<ClassText> classes,
    ChartSection charts,
    List<LayerText> layers,
    LayerText totals,
    PictureData data,
    String json) {
  private static final int FORMAT = 1;

  /** Counts, draws and words everything. */
  static PicturePage of(PictureResult result, LayerTable layers, RunSection run, String overview)
      throws IOException {
    boolean optical = run.optical();
    Optional<TruthScores> scores = Optional.ofNullable(result.report().truth());
    PictureData.Truth truth = scores.map(PictureData.Truth::of).orElse(null);
    PictureData.Truth electronicTruth =
        scores.map(TruthScores::electronic).map(PictureData.Truth::of).orElse(null);
    List<ClassRow> rows = ClassRow.of(result);
    PictureData data =
        new PictureData(
            FORMAT,
            picture(result),
            run,
            outcome(result, truth, electronicTruth, rows, layers),
            layers.layers(),
            PictureData.Times.of(result.report()));
    List<PageImage> images = new PageImages(result, optical, PageImages.MAX_SIDE).all();
    return new PicturePage(
        overview,
        KeyFigures.headline(result, rows, optical),
        images.get(1),
        KeyFigures.of(result, truth, electronicTruth, layers),
        images,
        ClassText.of(rows),
        ChartSection.of(() -> LayerCharts.of(layers)),
        layers.layers().stream().map(LayerText::of).toList(),
        LayerText.totals(layers),
        data,
        ScriptJson.of(data));
  }

  private static PictureData.Picture picture(PictureResult result) {
    return new PictureData.Picture(
        result.file().toString(),
        result.hashes().picture(),
        result.hashes().truth().orElse(null),
        result.image().width(),
        result.image().height(),
        result.report().firstImage(),
        result.report().tiles());
  }

  private static PictureData.Result outcome(
      PictureResult result,
      PictureData.Truth truth,
      PictureData.Truth electronicTruth,
      List<ClassRow> rows,
      LayerTable layers) {
    ImageReport report = result.report();
    return new PictureData.Result(
        Sha256.of(result.classes()),
        result.electronic().map(Sha256::of).orElse(null),
        report.frames(),
        report.agreement(),
        report.logitsSnrDb(),
        truth,
        electronicTruth,
        rows,
        layers.macsElectronic(),
        layers.macsHybrid(),
        layers.deviceSeconds(),
        layers.deviceJoules());
  }

  /** The picture's name without its folder. */
  String name() {
    return Path.of(data.picture().file()).getFileName().toString();
  }

  /** Whether light and electronics were compared. */
  boolean compared() {
    return data.result().agreement() != null;
  }

  /** Whether there is a ground truth. */
  boolean hasTruth() {
    return data.result().truth() != null;
  }

  /** Whether both of the above. */
  boolean comparedTruth() {
    return data.result().electronicTruth() != null;
  }

  /** Whether a layer's accuracy was measured. */
  boolean measured() {
    return data.layers().stream().anyMatch(LayerFacts::measured);
  }

  /** Layers. */
  int layerCount() {
    return layers.size();
  }

  /** Those by light. */
  long opticalCount() {
    return data.layers().stream().filter(LayerFacts::optical).count();
  }
}
