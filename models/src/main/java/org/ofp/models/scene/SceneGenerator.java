// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

/**
 * Aerial scenes with their masks, made up by rules: gardens, streets, parks, yards and building
 * sites as a drone sees them from 11 to 31 metres by default, in the 23 classes of {@link
 * org.ofp.models.image.ClassPalette#DRONE}.
 *
 * <p>A scene is a world of flat polygons in metres. The camera's depth buffer says which of them is
 * seen at a pixel: at its middle for the mask, at four points of it for the picture, where the
 * polygon's texture is lit by sun and sky. Picture and mask thus come from one geometry. {@code
 * docs/SCENES.md} shows examples and figures.
 *
 * <p>A scene is a pure function of seed, index and options, on every machine: random numbers are
 * counted, not drawn from a clock or a thread, and there is no floating-point operation but those
 * that Java defines bit for bit. Of the options the side changes nothing but the number of pixels.
 *
 * <p>Immutable and thread-safe; a scene takes one thread.
 */
public final class SceneGenerator {
  private final long seed;
  private final SceneOptions options;
  private final Noise noise = new Noise();

  private SceneGenerator(long seed, SceneOptions options) {
    this.seed = seed;
    this.options = options;
  }

  /** The scenes of a seed. */
  public static SceneGenerator of(long seed, SceneOptions options) {
    return new SceneGenerator(seed, options);
  }

  /** What the scenes are made of. */
  public SceneOptions options() {
    return options;
  }

  /** A scene; any number is one. */
  public LabelledPicture scene(long index) {
    SceneRandom random = new SceneRandom(seed, index);
    double width = random.in(options.narrowestGround(), options.widestGround());
    double altitude = Math.max(11, width * random.in(0.9, 1.3));
    Camera camera = new Camera(width, altitude, random.angle(), random.in(0, 0.16));
    Light light = Light.of(random);
    Photograph photograph = new Photograph(random, new SceneRandom(~seed, index));
    World world = new World(random, noise, camera);
    Setting.any(random).build(world);
    Visibility.clear(world.mesh(), camera);

    Renderer renderer = new Renderer(world.mesh().faces(), camera);
    int side = options.side();
    byte[] labels = renderer.mask(side);
    int[] rgb = photograph.develop(renderer.light(side, light), side);
    return new LabelledPicture(side, rgb, labels);
  }
}
