// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ofp.cli.segment.PictureResult;
import org.ofp.models.data.Samples;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.image.Overlay;
import org.ofp.models.picture.Resampling;
import org.ofp.models.picture.RgbImage;

/** Draws the pictures of a page, small enough to be carried in it. */
final class PageImages {
  /** Longest side in a page. */
  static final int MAX_SIDE = 1024;

  private static final double OPACITY = 0.55;
  private static final double FADED = 0.72;
  private static final int WHITE = 0xFFFFFF;

  /** No class of the article's palette, nor any made colour, is as loud. */
  private static final int MARK = 0xE6007A;

  private final PictureResult result;
  private final boolean optical;
  private final int width;
  private final int height;
  private final RgbImage photo;
  private final int[] colours;

  /**
   * @param optical whether the classes were found on a device
   * @param maxSide of the pictures drawn; they are never enlarged
   */
  PageImages(PictureResult result, boolean optical, int maxSide) {
    this.result = result;
    this.optical = optical;
    double scale =
        Math.min(1, (double) maxSide / Math.max(result.image().width(), result.image().height()));
    width = (int) Math.max(1, Math.round(scale * result.image().width()));
    height = (int) Math.max(1, Math.round(scale * result.image().height()));
    photo = Resampling.smooth(result.image(), width, height);
    colours = result.palette().classes().stream().mapToInt(ClassPalette.Entry::argb).toArray();
  }

  /** All of them, in the order to be shown. */
  List<PageImage> all() throws IOException {
    String how = optical ? "optical" : "electronic";
    String where = optical ? "by light" : "electronically";
    List<PageImage> images = new ArrayList<>();
    images.add(
        photo("input", "Input", "The photograph that was segmented", "The photograph.", photo));
    images.add(overlay(how, where, result.classes()));
    if (result.electronic().isPresent()) {
      images.add(overlay("electronic", "electronically", result.electronic().get()));
    }
    if (result.truth().isPresent()) {
      images.add(
          mask(
              "truth",
              "Ground truth",
              "Colours of the true classes",
              "What is really there; white is not counted.",
              result.truth().get()));
    }
    images.add(
        mask(
            how + "-mask",
            optical ? "Optical mask" : "Mask",
            "Colours of the classes found " + where,
            "The colours alone.",
            result.classes()));
    if (result.electronic().isPresent()) {
      images.add(
          mask(
              "electronic-mask",
              "Electronic mask",
              "Colours of the classes found electronically",
              "The colours alone.",
              result.electronic().get()));
      images.add(
          differences(
              "disagreement",
              "Disagreement",
              "Where the optical and the electronic class differ, marked on the faded photograph",
              "Marked: light and electronics found different classes.",
              result.electronic().get(),
              -1));
    }
    if (result.truth().isPresent()) {
      images.add(
          differences(
              "errors",
              "Errors",
              "Where the class found " + where + " is wrong, marked on the faded photograph",
              "Marked: the class found " + where + " is not the true one.",
              result.truth().get(),
              Samples.IGNORED));
    }
    return images;
  }

  /** The photograph alone. */
  PageImage input() throws IOException {
    return photo("input", "Input", "The photograph", "", photo);
  }

  /** What was found, over the photograph. */
  PageImage overlay() throws IOException {
    return overlay(optical ? "optical" : "electronic", "", result.classes());
  }

  private PageImage overlay(String how, String where, byte[] classes) throws IOException {
    int[] mask = scaled(classes).colours(colours, WHITE);
    RgbImage blended = new RgbImage(width, height, Overlay.blend(photo.pixels(), mask, OPACITY));
    return photo(
        how,
        how.substring(0, 1).toUpperCase(Locale.ROOT) + how.substring(1) + " result",
        "Colours of the classes found " + where + ", over the photograph",
        "Classes found " + where + ", over the photograph.",
        blended);
  }

  private PageImage mask(String id, String title, String alt, String note, byte[] classes)
      throws IOException {
    String source = DataUri.mask(scaled(classes), colours, WHITE);
    return new PageImage(id, title, alt, note, source, width, height, true);
  }

  private PageImage differences(
      String id, String title, String alt, String note, byte[] reference, int ignored)
      throws IOException {
    boolean[] marked =
        whole(result.classes()).differences(whole(reference), ignored, width, height);
    int[] white = new int[photo.pixels().length];
    Arrays.fill(white, WHITE);
    int[] pixels = Overlay.blend(grey(photo.pixels()), white, FADED);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = marked[i] ? MARK : pixels[i];
    }
    return photo(id, title, alt, note, new RgbImage(width, height, pixels));
  }

  private PageImage photo(String id, String title, String alt, String note, RgbImage image)
      throws IOException {
    return new PageImage(id, title, alt, note, DataUri.photo(image), width, height, false);
  }

  private ClassMap whole(byte[] classes) {
    return new ClassMap(result.image().width(), result.image().height(), classes);
  }

  private ClassMap scaled(byte[] classes) {
    return whole(classes).scaled(width, height);
  }

  /** Rec. 709's luminance, without linearising: it is a backdrop. */
  private static int[] grey(int[] pixels) {
    int[] grey = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int p = pixels[i];
      int level =
          (int) (0.2126 * (p >> 16 & 0xFF) + 0.7152 * (p >> 8 & 0xFF) + 0.0722 * (p & 0xFF));
      grey[i] = level * 0x010101;
    }
    return grey;
  }
}
