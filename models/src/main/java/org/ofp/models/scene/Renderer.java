// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import java.util.List;

/** Draws a scene: its mask at the middle of each pixel, its picture from four samples a pixel. */
final class Renderer {
  /** Samples across a pixel of the picture. */
  private static final int SUPERSAMPLING = 2;

  /** Samples that are held at once; larger pictures are drawn in strips. */
  private static final int STRIP = 1 << 20;

  private final List<Face> faces;
  private final Camera camera;

  Renderer(List<Face> faces, Camera camera) {
    this.faces = faces;
    this.camera = camera;
  }

  /** The class of every pixel, row-major. */
  byte[] mask(int side) {
    byte[] labels = new byte[side * side];
    int strip = Math.max(1, Math.min(side, STRIP / side));
    Camera view = camera.on(side);
    for (int top = 0; top < side; top += strip) {
      int rows = Math.min(strip, side - top);
      Raster raster = new Raster(side, top, rows);
      raster.draw(faces, view);
      for (int i = 0; i < rows * side; i++) {
        labels[top * side + i] = faces.get(raster.face(i)).label().label();
      }
    }
    return labels;
  }

  /** The light that reaches every pixel: red, green and blue planes, row-major. */
  float[][] light(int side, Light light) {
    float[][] planes = new float[3][side * side];
    int fine = SUPERSAMPLING * side;
    Camera view = camera.on(fine);
    Shader shader = new Shader(faces, view, light, camera.groundWidth() / fine);
    int strip = Math.max(1, Math.min(side, STRIP / fine / SUPERSAMPLING));
    float share = 1f / (SUPERSAMPLING * SUPERSAMPLING);
    for (int top = 0; top < side; top += strip) {
      int first = SUPERSAMPLING * top;
      int rows = SUPERSAMPLING * Math.min(strip, side - top);
      Raster raster = new Raster(fine, first, rows);
      raster.draw(faces, view);
      for (int i = 0; i < rows * fine; i++) {
        int col = i % fine;
        int row = first + i / fine;
        Shade shade = shader.at(raster.face(i), col + 0.5, row + 0.5, raster.nearness(i));
        int pixel = row / SUPERSAMPLING * side + col / SUPERSAMPLING;
        planes[0][pixel] += share * (float) shade.red;
        planes[1][pixel] += share * (float) shade.green;
        planes[2][pixel] += share * (float) shade.blue;
      }
    }
    return planes;
  }
}
