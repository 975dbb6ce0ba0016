// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ofp.cli.error.CliException;
import org.ofp.cli.error.Failure;
import org.ofp.cli.term.Pace;
import org.ofp.cli.term.Terminal;
import org.ofp.device.DeviceException;
import org.ofp.models.io.UnusableFileException;

/**
 * Picture after picture. One that cannot be read or segmented is noted and does not stop the
 * others; a device that fails does. The summary is written every few seconds and at the end,
 * however that comes, so that a run that is ended early leaves on record what it did.
 */
public final class Batch {
  /** Writing what came of all pictures after each of them would grow with their square. */
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final PictureReader reader;
  private final Segmenter segmenter;
  private final Summary.Setup setup;
  private final Optional<TruthScorer> scorer;
  private final List<Path> pictures;
  private final List<ImageReport> reports = new ArrayList<>();
  private final List<Summary.FailedImage> failed = new ArrayList<>();
  private final Pace pace = new Pace(INTERVAL, System::nanoTime);
  private long nextImage;
  private int tried;
  private boolean begun;
  private boolean working = true;

  /** Told of every picture as soon as it is over. */
  public interface Listener {
    /** A picture could be read, and it is the first. */
    default void begun() {}

    /** A picture was segmented, and its files are written. The result need not be kept. */
    default void segmented(PictureResult result) throws IOException {}

    /** Nothing came of a picture, one of several. */
    default void failed(Path picture, String reason) throws IOException {}

    /** The summary is being written: the time for whatever else tells of all pictures. */
    default void recorded() throws IOException {}
  }

  /**
   * @param pictures at least one
   * @param firstImage number of the first tile of the first picture; all others count on
   */
  public Batch(
      Terminal terminal,
      PictureReader reader,
      Segmenter segmenter,
      Summary.Setup setup,
      List<Path> pictures,
      long firstImage) {
    this.terminal = terminal;
    this.reader = reader;
    this.segmenter = segmenter;
    this.setup = setup;
    this.pictures = List.copyOf(pictures);
    nextImage = firstImage;
    scorer = reader.masks().map(any -> new TruthScorer(segmenter.palette()));
  }

  /**
   * Segments all pictures, or those before the device fails.
   *
   * @param out folder for the results
   * @param check called after every layer; what it throws ends the work
   * @param listener told of each picture
   * @throws RuntimeException what is wrong with the picture, if there is but one
   */
  public void run(Path out, Runnable check, Listener listener) throws IOException {
    List<Path> masks =
        reader.masks().map(all -> pictures.stream().map(all::of).toList()).orElse(List.of());
    List<OutputFiles> outputs = OutputFiles.in(out, pictures, masks);
    try {
      segmentAll(out, outputs, check, listener);
    } finally {
      record(out, listener);
    }
  }

  private void segmentAll(Path out, List<OutputFiles> outputs, Runnable check, Listener listener)
      throws IOException {
    for (int i = 0; i < pictures.size() && working; i++) {
      Path file = pictures.get(i);
      if (pictures.size() > 1) {
        terminal.note(file + " (" + (i + 1) + " of " + pictures.size() + ")");
      }
      Optional<PictureResult> result = attempt(file, out, outputs.get(i), check, listener);
      tried++;
      if (result.isPresent()) {
        listener.segmented(result.get());
      } else {
        listener.failed(file, failed.get(failed.size() - 1).reason());
      }
      if (pace.due()) {
        record(out, listener);
      }
    }
  }

  private void record(Path out, Listener listener) throws IOException {
    if (!reports.isEmpty() || !failed.isEmpty()) {
      summary().write(out.resolve(Summary.FILE));
      listener.recorded();
    }
  }

  private Optional<PictureResult> attempt(
      Path file, Path out, OutputFiles outputs, Runnable check, Listener listener)
      throws IOException {
    try {
      return Optional.of(segment(file, outputs, check, listener));
    } catch (RuntimeException | OutOfMemoryError e) {
      if (!isOfPicture(e)) {
        throw e;
      }
      if (pictures.size() == 1) {
        EarlierRun.forget(out, file);
        throw e;
      }
      note(file, e);
      working = !(e instanceof DeviceException);
      return Optional.empty();
    }
  }

  /** Whether other pictures may do; of errors in the program, what large pictures bring about. */
  private static boolean isOfPicture(Throwable e) {
    return e instanceof CliException
        || e instanceof UnusableFileException
        || e instanceof UncheckedIOException
        || e instanceof DeviceException
        || e instanceof ArithmeticException
        || e instanceof OutOfMemoryError
        || (e instanceof RuntimeException torch && Failure.isTorchOutOfMemory(torch));
  }

  private PictureResult segment(Path file, OutputFiles outputs, Runnable check, Listener listener)
      throws IOException {
    PictureReader.Picture picture = reader.read(file);
    if (!begun) {
      listener.begun();
      begun = true;
    }
    long firstImage = nextImage;
    nextImage += segmenter.tiles(picture.image());
    PictureResult result = segmenter.segment(picture, firstImage, outputs, check);
    reports.add(result.report());
    scorer.ifPresent(
        all -> all.add(result.truth().orElseThrow(), result.classes(), result.electronic()));
    return result;
  }

  private void note(Path file, Throwable e) {
    String reason = Failure.of(e).message();
    terminal.error(reason.startsWith(file.toString()) ? reason : file + ": " + reason);
    failed.add(new Summary.FailedImage(file, reason));
  }

  /** What has come of the pictures so far. */
  public Summary summary() {
    return Summary.of(
        setup,
        reports,
        failed,
        pictures.subList(tried, pictures.size()),
        scorer.map(TruthScorer::scores));
  }
}
