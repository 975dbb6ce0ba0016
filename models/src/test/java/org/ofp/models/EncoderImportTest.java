// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.models.io.ElementType;
import org.ofp.models.io.WeightsException;
import org.ofp.optconv.torch.OpticalContext;

/**
 * The expected places do not come from names: all packages and ours register layers in the order in
 * which they run, so the k-th parameter of the one belongs to the k-th of the other.
 */
class EncoderImportTest {
  private static final String EFFICIENTNET_MODEL = "unet-efficientnet-b0";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "torchvision-vgg16, fcn8-vgg16, VGG16, torchvision, 26, 14714688",
    "torchvision-vgg16, segnet-vgg16, VGG16, torchvision, 26, 14714688",
    "torchvision-vgg16, unet-vgg16, VGG16, torchvision, 26, 14714688",
    "torchvision-vgg16, unet-vgg16-transposed, VGG16, torchvision, 26, 14714688",
    "efficientnet_pytorch-b0, unet-efficientnet-b0, EfficientNet-b0, efficientnet_pytorch, 143, 851808",
    "timm-efficientnet_b0, unet-efficientnet-b0, EfficientNet-b0, timm, 143, 851808",
    "torchvision-efficientnet_b0, unet-efficientnet-b0, EfficientNet-b0, torchvision, 143, 851808",
  })
  void everyParameterLandsInItsPlaceAndTheRestStays(
      String published, String name, String encoder, String publisher, int tensors, long values)
      throws IOException {
    PublishedNetwork network = PublishedNetwork.of(published);
    SegmentationModel model = model(name);
    Map<String, float[]> before = values(model);
    EncoderImport.Imported imported = EncoderImport.load(model, written(network, ElementType.F32));

    Map<String, String> expected = new LinkedHashMap<>();
    int k = 0;
    for (String parameter : model.parameters().keySet()) {
      if (parameter.startsWith("encoder.") || parameter.startsWith("optical_encoder.")) {
        expected.put(parameter, network.parameters().get(k++));
      }
    }
    model
        .parameters()
        .forEach(
            (parameter, tensor) -> {
              String key = expected.get(parameter);
              float[] wanted =
                  key == null
                      ? before.get(parameter)
                      : PublishedNetwork.values(key, network.shapes().get(key));
              assertArrayEquals(wanted, FloatTensors.values(tensor), parameter);
            });

    assertEquals(expected, imported.tensors());
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(imported.tensors().keySet()));
    assertEquals(encoder, imported.encoder());
    assertEquals(publisher, imported.publisher());
    assertEquals(tensors, imported.tensors().size());
    assertEquals(values, imported.values());
    assertEquals(network.shapes().size() - tensors, imported.ignored().size());
  }

  @Test
  void halfPrecisionLoads() throws IOException {
    SegmentationModel model = model(EFFICIENTNET_MODEL);
    PublishedNetwork network = PublishedNetwork.of("timm-efficientnet_b0");
    EncoderImport.load(model, written(network, ElementType.F16));
    float[] expected = PublishedNetwork.values("conv_stem.weight", new long[] {32, 3, 3, 3});
    float[] actual =
        FloatTensors.values(model.parameters().get("optical_encoder.stem_conv.0.weight"));
    assertArrayEquals(expected, actual, 0.5f); // values below 2048: steps of at most 1
  }

  @Test
  void theEncoderAloneIsEnough() throws IOException {
    PublishedNetwork network = PublishedNetwork.of("timm-efficientnet_b0");
    network.shapes().keySet().removeIf(key -> key.matches("(blocks\\.[56]|conv_head|bn2|class).*"));
    network.shapes().keySet().removeIf(key -> key.matches(".*(running|tracked).*"));
    assertEquals(
        List.of(),
        EncoderImport.load(model(EFFICIENTNET_MODEL), written(network, ElementType.F32)).ignored());
  }

  @Test
  void everyDifferenceIsNamed() throws IOException {
    PublishedNetwork network = PublishedNetwork.of("timm-efficientnet_b0");
    network.shapes().remove("blocks.2.1.bn3.bias");
    network.shapes().put("blocks.1.0.conv_pw.weight", new long[] {96, 16});
    network.shapes().put("conv_stem.bias", new long[] {32});
    network.shapes().put("conv_stem.running_mean", new long[] {32}); // of no normalisation
    WeightsException e = refusal(model(EFFICIENTNET_MODEL), network);
    assertEquals(List.of("blocks.2.1.bn3.bias"), e.missing());
    assertEquals(List.of("conv_stem.bias", "conv_stem.running_mean"), e.unexpected());
    assertEquals(List.of("blocks.1.0.conv_pw.weight"), e.misshaped());
    assertEquals(
        file()
            + " does not fit the encoder of unet-efficientnet-b0 as EfficientNet-b0 of timm: 1"
            + " missing (blocks.2.1.bn3.bias); 2 unexpected ('conv_stem.bias',"
            + " 'conv_stem.running_mean'); 1 mis-shaped (blocks.1.0.conv_pw.weight is [96, 16], not"
            + " [96, 16, 1, 1]); use the whole state_dict of that network, unchanged",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "torchvision-vgg16, fcn8-vgg16",
    "efficientnet_pytorch-b0, unet-efficientnet-b0",
    "timm-efficientnet_b0, unet-efficientnet-b0",
    "torchvision-efficientnet_b0, unet-efficientnet-b0",
  })
  void anyParameterThatIsMissingIsMissed(String published, String name) throws IOException {
    SegmentationModel model = model(name);
    List<String> needed =
        List.copyOf(
            EncoderImport.load(model, written(PublishedNetwork.of(published), ElementType.F32))
                .tensors()
                .values());
    for (int k = 0; k < needed.size(); k += 5) {
      PublishedNetwork network = PublishedNetwork.of(published);
      network.shapes().remove(needed.get(k));
      // only headers count here: no value is read
      network.shapes().replaceAll((key, shape) -> new long[] {0});
      assertTrue(refusal(model, network).missing().contains(needed.get(k)));
    }
  }

  @Test
  void namesOfTwoPublishersAreRefused() throws IOException {
    PublishedNetwork mixed = PublishedNetwork.of("timm-efficientnet_b0");
    PublishedNetwork other = PublishedNetwork.of("efficientnet_pytorch-b0");
    List<String> others = new ArrayList<>();
    for (String key : other.shapes().keySet()) {
      if (key.startsWith("_blocks.9.")) {
        mixed.shapes().put(key, other.shapes().get(key));
        others.add(key);
      }
    }
    mixed.shapes().keySet().removeIf(key -> key.startsWith("blocks.4.1."));
    WeightsException e = refusal(model(EFFICIENTNET_MODEL), mixed);
    assertEquals(others, e.unexpected());
    assertEquals(13, e.missing().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "torchvision-vgg16_bn | unet-vgg16 | holds a VGG with batch normalisation",
        "torchvision-vgg16 | unet-efficientnet-b0 |"
            + " holds VGG16 of torchvision, but the encoder of unet-efficientnet-b0 is"
            + " EfficientNet-b0",
        "timm-efficientnet_b0 | fcn8-vgg16 |"
            + " holds EfficientNet-b0 of timm, but the encoder of fcn8-vgg16 is VGG16",
      })
  void anotherNetworkIsRefused(String published, String name, String reason) throws IOException {
    PublishedNetwork network = PublishedNetwork.of(published);
    network.shapes().replaceAll((key, shape) -> new long[] {0});
    String message = refusal(model(name), network).getMessage();
    assertTrue(message.startsWith(file() + " " + reason), message);
  }

  @Test
  void unknownNamesAreRefused() throws IOException {
    SegmentationModel model = model(EFFICIENTNET_MODEL);
    Weights.save(model, file(), ElementType.F32);
    WeightsException e =
        assertThrows(WeightsException.class, () -> EncoderImport.load(model, file()));
    assertEquals(
        file()
            + " holds no encoder under known names (it has 'optical_encoder.stem_conv.0.weight');"
            + " known are VGG16 of torchvision, EfficientNet-b0 of efficientnet_pytorch,"
            + " EfficientNet-b0 of timm, EfficientNet-b0 of torchvision",
        e.getMessage());
  }

  @Test
  void aFailingImportChangesNothing() throws IOException {
    SegmentationModel model = model(EFFICIENTNET_MODEL);
    Map<String, float[]> before = values(model);
    PublishedNetwork network = PublishedNetwork.of("efficientnet_pytorch-b0");
    // the last parameter that is read goes to the end of the file, and gets a NaN there
    network.shapes().keySet().removeIf(key -> key.matches("_(blocks\\.1[1-5]|conv_h|bn1|fc).*"));
    network.shapes().keySet().removeIf(key -> key.matches(".*(running|tracked).*"));
    written(network, ElementType.F32);
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length - 1] = 0x7F;
    bytes[bytes.length - 2] = (byte) 0xC0;
    Files.write(file(), bytes);
    WeightsException e =
        assertThrows(WeightsException.class, () -> EncoderImport.load(model, file()));
    assertTrue(e.getMessage().contains("'_blocks.10._bn2.bias' has the value NaN"), e.getMessage());
    before.forEach(
        (name, values) ->
            assertArrayEquals(values, FloatTensors.values(model.parameters().get(name)), name));
  }

  private Path file() {
    return folder.resolve("encoder.safetensors");
  }

  private Path written(PublishedNetwork network, ElementType type) throws IOException {
    network.write(file(), type);
    return file();
  }

  private WeightsException refusal(SegmentationModel model, PublishedNetwork network)
      throws IOException {
    written(network, ElementType.F32);
    return assertThrows(WeightsException.class, () -> EncoderImport.load(model, file()));
  }

  private static SegmentationModel model(String name) {
    return Models.create(name, 2, OpticalContext.electronic(), 1);
  }

  private static Map<String, float[]> values(SegmentationModel model) {
    return model.parameters().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, p -> values(p.getValue())));
  }

  private static float[] values(Tensor tensor) {
    return FloatTensors.values(tensor);
  }
}
