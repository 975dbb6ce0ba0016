// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Cameras, depth and shadows against what geometry says. */
class SceneGeometryTest {
  private static final Surface GREY = (u, v, shade) -> shade.set(Colour.of(0x808080), 1);
  private static final double[] ROUND = {0, 0};

  @Test
  void aCameraLocatesWhatItProjects() {
    Camera camera = new Camera(14, 17, 0.7, 0.15).on(300);
    SceneRandom random = new SceneRandom(1, 1);
    double[] point = new double[3];
    double[] xyz = new double[3];
    for (int i = 0; i < 1000; i++) {
      double[] there = {random.in(-20, 20), random.in(-20, 20), random.in(0, 8)};
      camera.project(there[0], there[1], there[2], point);
      camera.locate(point[0], point[1], point[2], xyz);
      assertArrayEquals(there, xyz, 1e-9);
    }
  }

  @Test
  void thePictureIsAsWideAsTheGround() {
    Camera camera = new Camera(14, 17, 0, 0).on(280);
    double[] point = new double[3];
    camera.project(0, 0, 0, point);
    assertArrayEquals(new double[] {140, 140, 1.0 / 17}, point, 1e-12);
    camera.project(7, -7, 0, point);
    assertArrayEquals(new double[] {280, 0, 1.0 / 17}, point, 1e-9);
    // What stands up leans outwards: 3.4 m of 17 m nearer is a quarter farther from the middle.
    camera.project(4, 0, 3.4, point);
    assertEquals(140 + 1.25 * 80, point[0], 1e-9);
  }

  @Test
  void aPolygonCoversItsArea() {
    Mesh mesh = new Mesh();
    mesh.begin(0, 0, 0.3);
    mesh.level(SceneClass.GRASS, GREY, 0, Outline.ellipse(0, 0, 40, 25, 200));
    Raster raster = new Raster(100, 0, 100);
    raster.draw(
        mesh.faces(),
        (x, y, z, point) -> {
          point[0] = x + 50;
          point[1] = y + 50;
          point[2] = z;
        });
    int covered = 0;
    for (int i = 0; i < 100 * 100; i++) {
      covered += raster.face(i) == 0 ? 1 : 0;
    }
    // Gauss's circle problem: the error of counting lattice points is far below the outline's 200.
    assertEquals(Math.PI * 40 * 25, covered, 30);
  }

  @Test
  void theNearerFaceIsSeenWhateverTheOrder() {
    for (boolean swapped : new boolean[] {false, true}) {
      Mesh mesh = new Mesh();
      mesh.begin(0, 0, 0);
      for (int i = 0; i < 2; i++) {
        boolean high = i == 1 != swapped;
        mesh.level(
            high ? SceneClass.ROOF : SceneClass.GRASS,
            GREY,
            high ? 2 : 0,
            Outline.rectangle(-9, -9, 9, 9));
      }
      byte[] mask = new Renderer(mesh.faces(), new Camera(8, 10, 1, 0.1)).mask(16);
      for (byte label : mask) {
        assertEquals(SceneClass.ROOF.label(), label);
      }
    }
  }

  /** Two planes that cross: each is in front on its side of the line where they meet. */
  @Test
  void slopingFacesMeetWhereTheyShould() {
    Mesh mesh = new Mesh();
    mesh.begin(0, 0, 0);
    mesh.polygon(SceneClass.ROOF, GREY, -9, -9, -3, 9, -9, 3, 9, 9, 3, -9, 9, -3);
    mesh.polygon(SceneClass.WALL, GREY, -9, -9, 0, 9, -9, 0, 9, 9, 0, -9, 9, 0);
    byte[] mask = new Renderer(mesh.faces(), new Camera(8, 10, 0, 0)).mask(64);
    for (int i = 0; i < mask.length; i++) {
      SceneClass front = i % 64 < 32 ? SceneClass.WALL : SceneClass.ROOF;
      assertEquals(front.label(), mask[i], "column " + i % 64);
    }
  }

  /** A wall of height h throws a shadow of length h times the slope of the light. */
  @Test
  void shadowsAreAsLongAsTheLightIsLow() {
    Mesh mesh = new Mesh();
    mesh.begin(0, 0, 0);
    mesh.level(SceneClass.GRASS, GREY, 0, Outline.rectangle(-30, -30, 30, 30));
    mesh.box(SceneClass.WALL, GREY, -1, -8, 0, 0, 8, 2.5);
    double slope = 1.4;
    HeightMap shadows = new HeightMap(mesh.faces(), 12, slope, 0);
    double length = 2.5 * slope;
    double texel = 24.0 / 512;
    for (double x = 0.1; x < 8; x += 0.01) {
      if (Math.abs(x - length) > 2 * texel) {
        double shadow = shadows.covered(x, 0.3, 0, ROUND, 0, 0.06);
        assertEquals(x < length ? 1 : 0, shadow, "at " + x + " m");
      }
    }
    assertEquals(0, shadows.covered(-0.5, 0, 2.5, ROUND, 0, 0.06), "the wall's top is lit");
    assertEquals(0, shadows.covered(1, 9, 0, ROUND, 0, 0.06), "and what is beside it");
  }

  /** Light falls off with the cosine of its incidence, and shadow keeps the sky's share alone. */
  @Test
  void groundIsLitBySunAndSky() {
    Mesh mesh = new Mesh();
    mesh.begin(0, 0, 0);
    mesh.level(SceneClass.GRASS, GREY, 0, Outline.rectangle(-30, -30, 30, 30));
    Camera camera = new Camera(8, 10, 0, 0).on(64);
    Colour sun = new Colour(1, 0.9, 0.8);
    Colour sky = new Colour(0.2, 0.3, 0.4);
    Shader shader = new Shader(mesh.faces(), camera, new Light(sun, sky, 0.75, 0, 0.1), 0.1);
    double albedo = Colour.of(0x808080).red();
    Shade lit = shader.at(0, 32, 32, 0.1);
    double cosine = 0.8; // of a light that moves 3 aside while it falls by 4
    assertEquals(albedo * (1 * cosine + 0.2), lit.red, 1e-9);
    assertEquals(albedo * (0.8 * cosine + 0.4), lit.blue, 1e-9);
  }

  @Test
  void outlinesContainWhatTheyEnclose() {
    double[] square = Outline.moved(Outline.rectangle(-1, -1, 1, 1), 5, 3, Math.PI / 4);
    assertTrue(Outline.contains(square, 5, 4.4));
    assertTrue(!Outline.contains(square, 5.9, 3.9));
    SceneRandom random = new SceneRandom(2, 2);
    for (int i = 0; i < 100; i++) {
      assertTrue(Outline.contains(Outline.blob(random, 4, 5, 2, 1, 0.15), 4, 5));
    }
  }

  @Test
  void finelinesGetFaintInsteadOfThin() {
    Shade near = new Shade(0.01);
    assertEquals(1, near.line(0.01, 0.04));
    assertEquals(0, near.line(0.03, 0.04));
    Shade far = new Shade(0.16);
    assertEquals(0.25, far.line(0.07, 0.04));
  }
}
