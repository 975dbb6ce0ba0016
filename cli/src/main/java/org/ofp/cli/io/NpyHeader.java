// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.io;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The header of a {@code .npy} file: a Python dictionary literal with exactly the keys {@code
 * descr}, {@code fortran_order} and {@code shape}, see <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>.
 * Only what {@link NpyArray} holds is accepted; in particular never a pickled object, which could
 * run code when read.
 */
final class NpyHeader {
  private static final int MAX_RANK = 32;

  /** The longest array that Java virtual machines allocate. */
  private static final int MAX_VALUES = Integer.MAX_VALUE - 8;

  private static final String REAL = "<f4";
  private static final String COMPLEX = "<c8";

  /** Digits of the largest int; more than these overflow before any product does. */
  private static final int MAX_DIGITS = 10;

  private final String text;
  private int at;
  private boolean complex;
  private boolean fortranOrder;
  private int[] shape;

  private NpyHeader(String text) {
    this.text = text;
  }

  /** Parses the literal, padding included. */
  static NpyHeader parse(byte[] literal) throws NpyFormatException {
    NpyHeader header = new NpyHeader(new String(literal, StandardCharsets.ISO_8859_1));
    header.dictionary();
    return header;
  }

  /** The literal for an array, without padding. */
  static String format(NpyArray array) {
    StringBuilder tuple = new StringBuilder("(");
    for (int dimension : array.shape()) {
      tuple.append(dimension).append(", ");
    }
    // Python writes (3,) and (3, 4): the comma after the last one only where it is the only one.
    int surplus = array.rank() == 0 ? 0 : array.rank() == 1 ? 1 : 2;
    tuple.setLength(tuple.length() - surplus);
    return "{'descr': '"
        + type(array.isComplex())
        + "', 'fortran_order': False, 'shape': "
        + tuple
        + "), }";
  }

  static String type(boolean complex) {
    return complex ? COMPLEX : REAL;
  }

  boolean isComplex() {
    return complex;
  }

  /** Whether the first dimension varies fastest, as NumPy saves transposed arrays. */
  boolean isFortranOrder() {
    return fortranOrder;
  }

  int[] shape() {
    return shape;
  }

  /**
   * The number of float values: elements, twice that if complex. An empty array must not claim
   * absurd other dimensions either, so that products of dimensions are safe everywhere.
   */
  int valueCount() throws NpyFormatException {
    long count = complex ? 2 : 1;
    boolean empty = false;
    for (int dimension : shape) {
      empty |= dimension == 0;
      count *= Math.max(1, dimension);
      if (count > MAX_VALUES) {
        throw new NpyFormatException(
            "the shape "
                + Arrays.toString(shape)
                + " has more than "
                + MAX_VALUES
                + " values; split the array");
      }
    }
    return empty ? 0 : (int) count;
  }

  private void dictionary() throws NpyFormatException {
    Set<String> missing = new HashSet<>(Set.of("descr", "fortran_order", "shape"));
    expect('{');
    while (!accept('}')) {
      String key = string();
      expect(':');
      if (!missing.remove(key)) {
        throw new NpyFormatException("unknown or repeated key '" + key + "' in the .npy header");
      }
      switch (key) {
        case "descr" -> descr();
        case "fortran_order" -> fortranOrder();
        default -> shape = tuple();
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skipSpace();
    if (at < text.length()) {
      throw malformed();
    }
    if (!missing.isEmpty()) {
      throw new NpyFormatException("no '" + missing.iterator().next() + "' in the .npy header");
    }
  }

  private void descr() throws NpyFormatException {
    if (peek() == '[') {
      throw new NpyFormatException(
          "structured arrays are not supported; save one plain field, as np.float32 or"
              + " np.complex64");
    }
    String type = string();
    if (!type.equals(REAL) && !type.equals(COMPLEX)) {
      throw new NpyFormatException(unsupported(type));
    }
    complex = type.equals(COMPLEX);
  }

  private static String unsupported(String type) {
    if (type.endsWith("O")) {
      return "pickled Python objects ('" + type + "') are never read; save a plain numeric array";
    }
    if (type.startsWith(">")) {
      return "big-endian values ('"
          + type
          + "') are not supported; save x.astype('<"
          + (type.contains("c") ? "c8" : "f4")
          + "')";
    }
    String remedy = type.contains("c") ? "np.complex64" : "np.float32";
    return "values of type '"
        + type
        + "' are not supported, only '<f4' and '<c8'; save x.astype("
        + remedy
        + ")";
  }

  private void fortranOrder() throws NpyFormatException {
    fortranOrder = acceptWord("True");
    if (!fortranOrder && !acceptWord("False")) {
      throw malformed();
    }
  }

  private int[] tuple() throws NpyFormatException {
    int[] dimensions = new int[MAX_RANK];
    int rank = 0;
    expect('(');
    while (!accept(')')) {
      if (rank == MAX_RANK) {
        throw new NpyFormatException("the array has more than " + MAX_RANK + " dimensions");
      }
      dimensions[rank++] = integer();
      if (!accept(',')) {
        if (rank == 1) {
          throw malformed(); // (3) is a number in Python, (3,) is a tuple
        }
        expect(')');
        break;
      }
    }
    return Arrays.copyOf(dimensions, rank);
  }

  private int integer() throws NpyFormatException {
    skipSpace();
    int from = at;
    if (at < text.length() && text.charAt(at) == '-') {
      at++;
    }
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String digits = text.substring(from, at);
    if (digits.isEmpty() || digits.equals("-")) {
      throw malformed();
    }
    acceptWord("L"); // a long of Python 2, as old files have it
    long value = digits.length() > MAX_DIGITS + 1 ? Long.MAX_VALUE : Long.parseLong(digits);
    if (value < 0 || value > Integer.MAX_VALUE || digits.startsWith("-")) {
      throw new NpyFormatException(
          "the dimension " + digits + " is outside 0 to " + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  private String string() throws NpyFormatException {
    char quote = peek();
    if (quote != '\'' && quote != '"') {
      throw malformed();
    }
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw malformed();
    }
    String content = text.substring(at + 1, end);
    at = end + 1;
    return content;
  }

  private void expect(char c) throws NpyFormatException {
    if (!accept(c)) {
      throw malformed();
    }
  }

  private boolean accept(char c) {
    boolean found = peek() == c;
    if (found) {
      at++;
    }
    return found;
  }

  private boolean acceptWord(String word) {
    skipSpace();
    boolean found = text.startsWith(word, at);
    if (found) {
      at += word.length();
    }
    return found;
  }

  /** The next character after white space, 0 at the end. */
  private char peek() {
    skipSpace();
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
      at++;
    }
  }

  private NpyFormatException malformed() {
    return new NpyFormatException(
        "the .npy header is damaged at character " + at + "; save the array again with np.save");
  }
}
