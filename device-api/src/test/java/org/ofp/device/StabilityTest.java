// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every public type says what a caller may expect of it, and the stable ones keep to themselves.
 */
class StabilityTest {
  @Test
  void everyPublicTypeIsEitherStableOrExperimental() throws Exception {
    for (Class<?> type : publicTypes()) {
      int marks =
          (type.isAnnotationPresent(Stable.class) ? 1 : 0)
              + (type.isAnnotationPresent(Experimental.class) ? 1 : 0);
      assertEquals(1, marks, type + " needs @Stable or @Experimental");
      String since =
          type.isAnnotationPresent(Stable.class)
              ? type.getAnnotation(Stable.class).since()
              : type.getAnnotation(Experimental.class).since();
      assertTrue(since.matches("[0-9]+\\.[0-9]+"), () -> type + " since '" + since + "'");
    }
  }

  @Test
  void stableTypesShowNoExperimentalOnes() throws Exception {
    List<String> shown = new ArrayList<>();
    for (Class<?> type : publicTypes()) {
      if (type.isAnnotationPresent(Stable.class)) {
        signatures(type)
            .filter(part -> part.isAnnotationPresent(Experimental.class))
            .forEach(part -> shown.add(type.getSimpleName() + " shows " + part.getSimpleName()));
      }
    }
    assertEquals(List.of(), shown);
  }

  /** Raw types of all public members, nested public types included. */
  private static Stream<Class<?>> signatures(Class<?> type) {
    Stream<Class<?>> executables =
        Stream.<Executable[]>of(type.getDeclaredMethods(), type.getDeclaredConstructors())
            .flatMap(Stream::of)
            .filter(member -> Modifier.isPublic(member.getModifiers()))
            .flatMap(StabilityTest::types);
    Stream<Class<?>> fields =
        Stream.of(type.getDeclaredFields())
            .filter(field -> Modifier.isPublic(field.getModifiers()))
            .map(Field::getType);
    Stream<Class<?>> nested =
        Stream.of(type.getDeclaredClasses())
            .filter(inner -> Modifier.isPublic(inner.getModifiers()))
            .flatMap(StabilityTest::signatures);
    return Stream.of(executables, fields, nested).flatMap(s -> s);
  }

  private static Stream<Class<?>> types(Executable member) {
    Stream<Class<?>> parameters = Stream.of(member.getParameterTypes());
    return member instanceof Method method
        ? Stream.concat(parameters, Stream.of(method.getReturnType()))
        : parameters;
  }

  private static List<Class<?>> publicTypes()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path classes =
        Path.of(Stable.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> names;
    try (Stream<Path> files = Files.walk(classes)) {
      names =
          files
              .map(file -> classes.relativize(file).toString())
              .filter(name -> name.endsWith(".class") && !name.contains("$"))
              .map(name -> name.replaceFirst("\\.class$", "").replaceAll("[/\\\\]", "."))
              .toList();
    }
    List<Class<?>> types = new ArrayList<>();
    for (String name : names) {
      Class<?> type = Class.forName(name);
      if (Modifier.isPublic(type.getModifiers())) {
        types.add(type);
      }
    }
    assertTrue(types.contains(OpticalFourierDevice.class) && types.size() > 30, types.toString());
    return types;
  }
}
