// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.NearestName;
import org.ofp.device.OptionSpec;
import org.ofp.device.Options;

/**
 * A named set of bench parameters from a YAML file:
 *
 * <pre>
 *   format: ofp-bench/1
 *   name: my bench
 *   wavelength: 633e-9
 *   slm:
 *     amplitude-bits: 8
 * </pre>
 *
 * <p>Scalars are read as text, so that {@code off} is not {@code false}; nested keys are joined by
 * dots; a key twice, an unknown key and deep nesting are errors.
 */
public final class BenchProfile {
  private static final String FORMAT = "ofp-bench/1";
  private static final List<String> PRESETS =
      List.of("ideal", "demonstrator", "photonic", "lcos-phase");
  private static final String FILE_PREFIX = "file=";
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 8;

  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final String name;
  private final Map<String, String> values;

  private BenchProfile(String name, Map<String, String> values) {
    this.name = name;
    this.values = values;
  }

  /** The presets that come with the SDK. */
  public static List<String> presets() {
    return PRESETS;
  }

  /**
   * The profile that an address's body names: a preset, or {@code file=} and a path.
   *
   * @throws DeviceException with {@link ErrorCode#INVALID_PROFILE}
   */
  public static BenchProfile of(String body) {
    if (body.startsWith(FILE_PREFIX)) {
      return read(body.substring(FILE_PREFIX.length()));
    }
    if (!PRESETS.contains(body)) {
      throw new DeviceException(
          ErrorCode.INVALID_PROFILE,
          "no bench named '"
              + body
              + "'"
              + NearestName.suggestion(body, PRESETS)
              + "; there are "
              + String.join(", ", PRESETS)
              + ", and file=PATH (as in sim:file=PATH) is one of your own");
    }
    try (InputStream in = BenchProfile.class.getResourceAsStream(body + ".yaml")) {
      return parse(body + ".yaml", in);
    } catch (IOException e) {
      throw unreadable(body, e);
    }
  }

  private static BenchProfile read(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      // Not by the file's size, which a device file does not tell.
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw invalid(file, "it has more than " + MAX_BYTES + " bytes, too many for a profile");
      }
      return parse(file, new ByteArrayInputStream(bytes));
    } catch (NoSuchFileException e) {
      throw new DeviceException(
          ErrorCode.INVALID_PROFILE, "bench profile '" + file + "' does not exist", e);
    } catch (IOException | InvalidPathException e) {
      throw unreadable(file, e);
    }
  }

  private static BenchProfile parse(String file, InputStream in) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    Deque<String> path = new ArrayDeque<>();
    try (JsonParser parser = YAML.createParser(in)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case FIELD_NAME -> path.addLast(parser.currentName());
          case START_OBJECT -> {
            // The name that leads here stays on the path until the object ends.
            if (path.isEmpty() && !values.isEmpty()) {
              throw invalid(file, "it holds several documents; give one");
            }
          }
          case END_OBJECT -> path.pollLast();
          case START_ARRAY, END_ARRAY ->
              throw invalid(file, "'" + String.join(".", path) + "' is a list; give one value");
          default -> {
            if (path.isEmpty()) {
              throw invalid(file, "it holds no 'key: value' lines");
            }
            String key = String.join(".", path);
            if (values.put(key, parser.getText()) != null) {
              throw invalid(file, "key '" + key + "' is given twice");
            }
            path.removeLast();
          }
        }
      }
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new DeviceException(
          ErrorCode.INVALID_PROFILE,
          "bench profile '"
              + file
              + "' is not valid YAML: "
              + e.getOriginalMessage().lines().findFirst().orElse("unreadable")
              + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")"),
          e);
    }
    String format = values.remove("format");
    if (!FORMAT.equals(format)) {
      throw invalid(
          file,
          format == null
              ? "its first line must be 'format: " + FORMAT + "'"
              : "its format '" + format + "' is unknown; this SDK reads " + FORMAT);
    }
    String name = values.remove("name");
    try {
      Options checked = new Options(BenchOptions.specs(), values);
      return new BenchProfile(name == null ? file : name, checked.asMap());
    } catch (DeviceException e) {
      throw new DeviceException(e.code(), "bench profile '" + file + "': " + e.getMessage(), e);
    }
  }

  /** What the profile calls itself. */
  public String name() {
    return name;
  }

  /** The options of a bench of this profile, with the profile's values as defaults. */
  public List<OptionSpec> options() {
    return BenchOptions.specs(values);
  }

  private static DeviceException invalid(String file, String why) {
    return new DeviceException(ErrorCode.INVALID_PROFILE, "bench profile '" + file + "': " + why);
  }

  private static DeviceException unreadable(String file, Exception e) {
    return new DeviceException(
        ErrorCode.INVALID_PROFILE, "bench profile '" + file + "' cannot be read: " + e, e);
  }
}
