// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The address of a device, outermost decorator first:
 *
 * <pre>
 *   uri   = layer *("@" layer)
 *   layer = scheme ":" body ["?" key "=" value *("&amp;" key "=" value)]
 * </pre>
 *
 * for example {@code record:run.ofpr@sim:demonstrator?seed=7}. A scheme has at least two letters,
 * so that {@code C:\…} is a path. The characters {@code @ ? & # %} and space are percent-encoded
 * within body, keys and values, and so is {@code =} within keys. Immutable; {@link #toString()}
 * gives an address that parses to an equal one.
 *
 * @param layers 1 to {@value #MAX_LAYERS} layers
 */
@Stable(since = "0.1")
public record DeviceUri(List<Layer> layers) {
  /** Most layers in an address. */
  public static final int MAX_LAYERS = 8;

  private static final int MAX_LENGTH = 8192;
  private static final String RESERVED = "@?&#% ";
  private static final String SCHEME = "[a-z][a-z0-9+.-]*[a-z0-9]";

  /**
   * One device or decorator.
   *
   * @param scheme the driver's name, lower case
   * @param body what the driver is to open, may be empty
   * @param options decoded, in the order given, no key twice and none empty
   */
  public record Layer(String scheme, String body, Map<String, String> options) {
    public Layer {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
      if (!scheme.matches(SCHEME) || options.containsKey("")) {
        throw malformed(
            quote(scheme + ":" + body),
            "a layer has a lower-case scheme of at least two letters and no empty option name");
      }
    }

    @Override
    public String toString() {
      return scheme
          + ":"
          + encode(body, RESERVED)
          + (options.isEmpty()
              ? ""
              : options.entrySet().stream()
                  .map(
                      e ->
                          encode(e.getKey(), RESERVED + "=") + "=" + encode(e.getValue(), RESERVED))
                  .collect(Collectors.joining("&", "?", "")));
    }
  }

  public DeviceUri {
    layers = List.copyOf(layers);
    if (layers.isEmpty() || layers.size() > MAX_LAYERS) {
      throw malformed(layers.size() + " layers", "a device address has 1 to " + MAX_LAYERS);
    }
  }

  /**
   * Parses an address.
   *
   * @throws DeviceException with {@link ErrorCode#MALFORMED_URI}
   */
  public static DeviceUri parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw malformed(text.length() + " characters", "a device address has at most " + MAX_LENGTH);
    }
    if (text.indexOf('#') >= 0 || text.indexOf(' ') >= 0) {
      throw malformed(quote(text), "write '#' as %23 and a space as %20");
    }
    String[] parts = text.split("@", -1);
    if (parts.length > MAX_LAYERS) {
      throw malformed(parts.length + " layers", "at most " + MAX_LAYERS + " may be nested");
    }
    List<Layer> layers = new ArrayList<>();
    for (String part : parts) {
      layers.add(parseLayer(part));
    }
    return new DeviceUri(layers);
  }

  private static Layer parseLayer(String text) {
    int colon = text.indexOf(':');
    String scheme = colon < 0 ? text : text.substring(0, colon);
    if (colon < 0 || !scheme.matches(SCHEME)) {
      throw malformed(
          quote(text),
          "a device address looks like sim:ideal or sim:demonstrator?seed=7, with a lower-case"
              + " scheme of at least two letters");
    }
    int question = text.indexOf('?', colon);
    String encodedBody = text.substring(colon + 1, question < 0 ? text.length() : question);
    if (encodedBody.indexOf('&') >= 0) {
      throw malformed(quote(text), "options are written ?key=value&key=value; write '&' as %26");
    }
    String body = decode(encodedBody);
    Map<String, String> options = new LinkedHashMap<>();
    if (question >= 0) {
      for (String pair : text.substring(question + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1 || pair.indexOf('?') >= 0) {
          throw malformed(quote(text), "options are written ?key=value&key=value");
        }
        String key = decode(pair.substring(0, equals));
        if (options.put(key, decode(pair.substring(equals + 1))) != null) {
          throw malformed(quote(text), "option '" + key + "' is given twice");
        }
      }
    }
    return new Layer(scheme, body, options);
  }

  /** The device itself, under all decorators. */
  public Layer innermost() {
    return layers.get(layers.size() - 1);
  }

  /**
   * This address with one more option on the innermost layer.
   *
   * @throws DeviceException with {@link ErrorCode#MALFORMED_URI} if it is there already
   */
  public DeviceUri withOption(String key, String value) {
    Layer last = innermost();
    Map<String, String> options = new LinkedHashMap<>(last.options());
    if (options.put(key, value) != null) {
      throw malformed(quote(toString()), "option '" + key + "' is given twice");
    }
    List<Layer> changed = new ArrayList<>(layers);
    changed.set(layers.size() - 1, new Layer(last.scheme(), last.body(), options));
    return new DeviceUri(changed);
  }

  @Override
  public String toString() {
    return layers.stream().map(Layer::toString).collect(Collectors.joining("@"));
  }

  private static String encode(String text, String reserved) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (reserved.indexOf(c) >= 0) {
        out.append(String.format("%%%02X", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String decode(String text) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      if (text.charAt(i) != '%') {
        out.append(text.charAt(i++));
        continue;
      }
      ByteBuffer bytes = ByteBuffer.allocate(text.length() / 3);
      for (; i < text.length() && text.charAt(i) == '%'; i += 3) {
        if (i + 2 >= text.length()
            || !HexFormat.isHexDigit(text.charAt(i + 1))
            || !HexFormat.isHexDigit(text.charAt(i + 2))) {
          throw malformed(
              quote(text), "'%' is followed by two hexadecimal digits; write it as %25");
        }
        bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
      }
      try {
        out.append(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()));
      } catch (CharacterCodingException e) {
        throw new DeviceException(
            ErrorCode.MALFORMED_URI,
            "device address " + quote(text) + ": the percent-encoded bytes are not UTF-8",
            e);
      }
    }
    return out.toString();
  }

  private static DeviceException malformed(String what, String remedy) {
    return new DeviceException(ErrorCode.MALFORMED_URI, "device address " + what + ": " + remedy);
  }

  /** The text in quotes, shortened to fit a message. */
  static String quote(String text) {
    String shown = text.length() > 80 ? text.substring(0, 77) + "…" : text;
    return "'" + shown + "'";
  }
}
