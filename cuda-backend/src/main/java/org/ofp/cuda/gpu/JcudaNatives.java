// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.gpu;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import jcuda.JCudaVersion;
import jcuda.LibUtils;
import org.bytedeco.javacpp.Loader;

/**
 * Loads JCuda's native libraries from a folder of the user's own.
 *
 * <p>JCuda unpacks them into {@code java.io.tmpdir} under fixed names and loads whatever file is
 * there: another user's, or one that another process has half written, which can end this one.
 * JavaCPP unpacks into the user's cache, whole files under a lock. So its copy is made to be the
 * one that JCuda finds, by naming its folder in {@code java.io.tmpdir} while JCuda loads.
 */
final class JcudaNatives {
  private static final String PROPERTY = "java.io.tmpdir";

  private JcudaNatives() {}

  /**
   * Runs what makes JCuda load a library.
   *
   * @param library such as {@code JCudaDriver}
   * @param load touches the class that loads it
   * @throws UnsatisfiedLinkError if it is not on the class path or does not load
   */
  static synchronized void load(String library, Runnable load) {
    File unpacked = unpack(library);
    String temporary = System.getProperty(PROPERTY);
    rememberTemporaryFolder();
    try {
      System.setProperty(PROPERTY, unpacked.getParent());
      load.run();
    } finally {
      System.setProperty(PROPERTY, temporary);
    }
  }

  private static File unpack(String library) {
    String name = LibUtils.createPlatformLibraryName(library + "-" + JCudaVersion.get());
    String resource = "/lib/" + LibUtils.createLibraryFileName(name);
    URL url = LibUtils.class.getResource(resource);
    if (url == null) {
      throw new UnsatisfiedLinkError("JCuda's natives for this platform are not on the class path");
    }
    try {
      return Loader.cacheResource(url);
    } catch (IOException e) {
      UnsatisfiedLinkError error =
          new UnsatisfiedLinkError("JCuda's natives cannot be unpacked: " + e.getMessage());
      error.initCause(e);
      throw error;
    }
  }

  /** The JDK reads the property once, at its first temporary file: not while it is changed. */
  private static void rememberTemporaryFolder() {
    try {
      File file = File.createTempFile("ofp-", ".tmp");
      if (!file.delete()) {
        file.deleteOnExit();
      }
    } catch (IOException e) {
      // The folder cannot be written to; it has been remembered all the same.
      return;
    }
  }
}
