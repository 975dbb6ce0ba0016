// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import java.util.List;

/** The light that comes from each point of a scene to the camera. Not thread-safe. */
final class Shader {
  /** Directions in which a point's neighbourhood is asked for shadow, at different distances. */
  private static final double[] DIRECTIONS = {
    0.3, 0.1, -0.2, 0.35, -0.5, -0.25, 0.15, -0.6, 0.8, 0.3, 0.1, 0.9, -0.85, 0.4, -0.4, -0.9
  };

  /** Metres by which a point lies above what shadows it itself, by rounding to the map's texels. */
  private static final double SHADOW_RISE = 0.06;

  private static final double CREVICE_RISE = 0.12;
  private static final double CREVICE_RADIUS = 0.45;

  private final List<Face> faces;
  private final Camera camera;
  private final Light light;
  private final double[] sun;
  private final HeightMap shadows;
  private final HeightMap relief;
  private final Shade shade;
  private final double[] at = new double[3];

  /**
   * @param camera of the raster that is shaded
   * @param pitch metres of ground between its samples
   */
  Shader(List<Face> faces, Camera camera, Light light, double pitch) {
    this.faces = faces;
    this.camera = camera;
    this.light = light;
    sun = light.direction();
    // What belongs to the drone itself is too near to be lit by the same light.
    List<Face> standing =
        faces.stream().filter(face -> face.label() != SceneClass.UNLABELED).toList();
    double reach = camera.groundWidth();
    shadows = new HeightMap(standing, reach, light.slopeX(), light.slopeY());
    relief = new HeightMap(standing, reach, 0, 0);
    shade = new Shade(pitch);
  }

  /** The light from the middle of a pixel; the result is valid until the next call. */
  Shade at(int faceIndex, double col, double row, double nearness) {
    Face face = faces.get(faceIndex);
    camera.locate(col, row, nearness, at);
    double x = at[0] - face.origin()[0];
    double y = at[1] - face.origin()[1];
    double z = at[2] - face.origin()[2];
    double[] along = face.along();
    double[] across = face.across();
    face.surface()
        .paint(x * along[0] + y * along[1], x * across[0] + y * across[1] + z * across[2], shade);
    illuminate(face);
    return shade;
  }

  private void illuminate(Face face) {
    double[] normal = face.normal();
    double[] eye = camera.eye();
    double towards =
        normal[0] * (eye[0] - at[0]) + normal[1] * (eye[1] - at[1]) + normal[2] * (eye[2] - at[2]);
    double facing = towards < 0 ? -1 : 1;
    double incidence = facing * (normal[0] * sun[0] + normal[1] * sun[1] + normal[2] * sun[2]);
    double direct = 0;
    if (incidence > 0) {
      double shadow =
          shadows.covered(at[0], at[1], at[2], DIRECTIONS, light.softness(), SHADOW_RISE);
      direct = incidence * (1 - shadow);
    }
    double crevice = relief.covered(at[0], at[1], at[2], DIRECTIONS, CREVICE_RADIUS, CREVICE_RISE);
    double ambient = (0.65 + 0.35 * facing * normal[2]) * (1 - 0.55 * crevice);
    shade.red *= light.sun().red() * direct + light.sky().red() * ambient;
    shade.green *= light.sun().green() * direct + light.sky().green() * ambient;
    shade.blue *= light.sun().blue() * direct + light.sky().blue() * ambient;
  }
}
