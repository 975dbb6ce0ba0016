// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Module;

/**
 * Replaces references to modules in a tree of Java objects: in the fields of modules, and in the
 * arrays, lists and maps that these hold.
 */
final class ModuleReferences {
  private final UnaryOperator<Module> standIn;
  private final BiConsumer<Module, String> cannot;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param standIn gives what to put in a module's place, or the module
   * @param cannot is told of a module that could not be replaced somewhere, and why
   */
  ModuleReferences(UnaryOperator<Module> standIn, BiConsumer<Module, String> cannot) {
    this.standIn = standIn;
    this.cannot = cannot;
  }

  /** What to put in a value's place: the value itself, with what it holds replaced, or another. */
  @SuppressWarnings("unchecked") // a stand-in is of a subclass of what it stands for
  Object replaced(Object value) {
    if (value instanceof Module module) {
      Object other = standIn.apply(module);
      if (other == value && seen.add(module)) {
        for (Class<?> c = module.getClass(); c != Module.class; c = c.getSuperclass()) {
          fields(module, c);
        }
      }
      return other;
    }
    if (value instanceof Object[] array && seen.add(array)) {
      for (int i = 0; i < array.length; i++) {
        int index = i;
        replace(array[i], other -> array[index] = other, "an array");
      }
    } else if (value instanceof List<?> list && seen.add(list)) {
      list((List<Object>) list);
    } else if (value instanceof Map<?, ?> map && seen.add(map)) {
      map((Map<Object, Object>) map);
    }
    return value;
  }

  private void list(List<Object> list) {
    for (ListIterator<Object> i = list.listIterator(); i.hasNext(); ) {
      replace(i.next(), i::set, "a list");
    }
  }

  private void map(Map<Object, Object> map) {
    for (Map.Entry<Object, Object> entry : map.entrySet()) {
      replace(entry.getValue(), entry::setValue, "a map");
    }
  }

  private void fields(Module module, Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
        continue;
      }
      Object value;
      try {
        field.setAccessible(true);
        value = field.get(module);
      } catch (InaccessibleObjectException | IllegalAccessException notOurs) {
        continue; // what it holds counts as not found
      }
      replace(
          value,
          other -> field.set(module, other),
          "field " + field.getName() + " of " + type.getName());
    }
  }

  private void replace(Object value, Place place, String where) {
    Object other = replaced(value);
    if (other == value) {
      return;
    }
    try {
      place.put(other);
    } catch (ReflectiveOperationException | RuntimeException e) {
      cannot.accept((Module) value, where + " holds it and cannot be changed (" + e + ")");
    }
  }

  private interface Place {
    void put(Object value) throws ReflectiveOperationException;
  }
}
