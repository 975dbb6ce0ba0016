// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Other class paths than the tests' own, seen by nobody but their class loader. */
final class ClassPath {
  private ClassPath() {}

  /** A folder, and those entries of the test class path that are wanted. */
  static URLClassLoader of(Path folder, Predicate<String> wanted) throws Exception {
    List<URL> urls = new ArrayList<>(List.of(folder.toUri().toURL()));
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (wanted.test(path.replace(File.separatorChar, '/'))) {
        urls.add(new File(path).toURI().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  /** Calls a static method of {@link Kernels}. */
  static Object kernels(ClassLoader loader, String method) throws Exception {
    return kernels(loader).getMethod(method).invoke(null);
  }

  /** The class as that loader has it. */
  static Class<?> kernels(ClassLoader loader) throws Exception {
    return loader.loadClass("org.ofp.kernels.Kernels");
  }
}
