// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.ConvTranspose2dImpl;
import org.bytedeco.pytorch.ConvTranspose2dOptions;
import org.bytedeco.pytorch.MaxUnpool2dImpl;
import org.bytedeco.pytorch.MaxUnpool2dOptions;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.ModuleListImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ReLUImpl;
import org.bytedeco.pytorch.SequentialImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kCircular;
import org.bytedeco.pytorch.kReflect;
import org.bytedeco.pytorch.kSame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;

/** Which networks of libtorch's own modules run on a device after conversion, and which do not. */
class OpticalConversionTest {
  private PointerScope scope;
  private NoGradGuard noGradients;
  private OpticalFourierDevice device;
  private OpticalContext context;

  @BeforeEach
  void open() {
    Torch.initialize();
    scope = new PointerScope();
    noGradients = new NoGradGuard();
    device = Devices.open("sim:ideal");
    context = OpticalContext.on(device);
    torch.manual_seed(29);
  }

  @AfterEach
  void close() {
    context.close();
    device.close();
    noGradients.close();
    scope.close();
  }

  private static LongPointer pair(long rows, long cols) {
    return new LongPointer(rows, cols);
  }

  private static Conv2dImpl convolution(int in, int out, int kernel) {
    Conv2dOptions options = new Conv2dOptions(in, out, pair(kernel, kernel));
    options.padding().put(pair(kernel / 2, kernel / 2));
    return new Conv2dImpl(options);
  }

  /** As one would write it: fields of libtorch's types, called by name. */
  private static class Net extends Module {
    final Conv2dImpl stem = register_module("stem", convolution(3, 4, 3));
    final SequentialImpl body = new SequentialImpl();
    final ConvTranspose2dImpl up;
    final List<Conv2dImpl> tail = new ArrayList<>();
    final Map<String, Conv2dImpl> heads = new HashMap<>();
    final Block[] blocks = {new Block()};

    Net() {
      super("Net");
      body.push_back("relu", new ReLUImpl());
      body.push_back("conv", convolution(4, 4, 5));
      register_module("body", body);
      ConvTranspose2dOptions options = new ConvTranspose2dOptions(4, 4, pair(3, 3));
      options.stride().put(0, 2).put(1, 2);
      options.padding().put(0, 1).put(1, 1);
      options.output_padding().put(0, 1).put(1, 0);
      up = register_module("up", new ConvTranspose2dImpl(options));
      tail.add(register_module("tail", convolution(4, 4, 3)));
      heads.put("main", register_module("head", convolution(4, 2, 1)));
      register_module("block", blocks[0]);
    }

    Tensor forward(Tensor x) {
      Tensor y = body.forward(stem.forward(x));
      y = tail.get(0).forward(up.forward(y).tanh());
      return heads.get("main").forward(blocks[0].forward(y));
    }
  }

  private static class Block extends Module {
    private final Conv2dImpl inner = register_module("inner", convolution(4, 4, 3));

    Block() {
      super("Block");
    }

    Tensor forward(Tensor x) {
      return inner.forward(x.relu());
    }
  }

  @Test
  void networksWithFieldsRunOnTheDevice() {
    Net net = new Net();
    Tensor x = torch.randn(2, 3, 10, 12);
    Tensor before = net.forward(x);
    Set<String> parameters = parameters(net);
    OpticalConversion<Net> conversion = OpticalConversion.convert(net, context).requireComplete();
    assertSame(net, conversion.module());
    assertEquals(
        List.of("stem", "body.conv", "up", "tail", "head", "block.inner"), conversion.replaced());
    assertEquals(6, conversion.notRun(context).size());

    Tensor after = net.forward(x);
    assertTrue(Direct.error(before, after) < 1e-6);
    assertTrue(context.frames() > 0);
    assertEquals(List.of(), conversion.notRun(context));
    assertEquals(parameters, parameters(net));

    // The same weights: what training changes, the device sees.
    net.named_parameters().get("stem.weight").zero_();
    assertTrue(Direct.error(before, net.forward(x)) > 0.01);
    OpticalContext electronic = OpticalContext.electronic();
    assertEquals(6, OpticalConversion.convert(net, electronic).replaced().size());
    long frames = context.frames();
    net.forward(x);
    assertEquals(frames, context.frames(), "converted once more, to another context");
  }

  private static Set<String> parameters(Module module) {
    Set<String> found = new java.util.TreeSet<>();
    try (PointerScope scope = new PointerScope()) {
      var named = module.named_parameters(true);
      for (long i = 0; i < named.size(); i++) {
        found.add(
            named.get(i).key().getString()
                + "@"
                + named.get(i).value().unsafeGetTensorImpl().address());
      }
    }
    return found;
  }

  @Test
  void gradientsReachTheParameters() {
    noGradients.close();
    Net net = new Net();
    Tensor x = torch.randn(1, 3, 10, 12);
    net.forward(x).sum().backward();
    Tensor exact = net.named_parameters().get("stem.weight").grad().clone();
    net.zero_grad(true);
    context.gradients(org.ofp.optconv.GradientMode.OPTICAL);
    OpticalConversion.convert(net, context).requireComplete();
    net.forward(x).sum().backward();
    Tensor optical = net.named_parameters().get("stem.weight").grad();
    assertTrue(Direct.error(exact, optical) < 1e-5);
  }

  @Test
  void sequencesAndSingleLayersAreReplacedThemselves() {
    SequentialImpl sequence = new SequentialImpl();
    Conv2dImpl shared = convolution(4, 4, 3);
    sequence.push_back(convolution(3, 4, 3));
    sequence.push_back(new ReLUImpl());
    sequence.push_back(shared);
    sequence.push_back(shared);
    Tensor x = torch.randn(1, 3, 8, 8);
    Tensor before = sequence.forward(x);
    OpticalConversion<SequentialImpl> conversion = OpticalConversion.convert(sequence, context);
    assertEquals(List.of("0", "2"), conversion.requireComplete().replaced());
    assertTrue(Direct.error(before, conversion.module().forward(x)) < 1e-6);
    assertEquals(List.of(), conversion.notRun(context));
    assertThrows(UnsupportedOperationException.class, () -> conversion.module().forward(x, 4L, 4L));

    OpticalConversion<Conv2dImpl> single = OpticalConversion.convert(shared, context);
    Tensor y = torch.randn(1, 4, 8, 8);
    assertTrue(Direct.error(shared.forward(y), single.module().forward(y)) < 1e-6);
    assertEquals(List.of(), single.notRun(context));
  }

  @Test
  void outputSizesArePassedOn() {
    ConvTranspose2dOptions options = new ConvTranspose2dOptions(2, 3, pair(3, 3));
    options.stride().put(0, 2).put(1, 3);
    ConvTranspose2dImpl up = new ConvTranspose2dImpl(options);
    ConvTranspose2dImpl converted = OpticalConversion.convert(up, context).module();
    Tensor x = torch.randn(1, 2, 5, 5);
    assertTrue(Direct.error(up.forward(x, 12L, 16L), converted.forward(x, 12L, 16L)) < 1e-6);
    assertThrows(IllegalArgumentException.class, () -> converted.forward(x, 13L, 16L));
  }

  @Test
  void paddingIsUnderstood() {
    Conv2dOptions same = new Conv2dOptions(2, 2, pair(3, 5));
    same.padding().put(new kSame());
    Conv2dOptions reflected = new Conv2dOptions(2, 2, pair(3, 3));
    reflected.padding().put(new kSame());
    reflected.padding_mode().put(new kReflect());
    Conv2dOptions circular = new Conv2dOptions(2, 2, pair(3, 5));
    circular.padding().put(pair(2, 1));
    circular.padding_mode().put(new kCircular());
    for (Conv2dOptions options : List.of(same, reflected, circular)) {
      Conv2dImpl conv = new Conv2dImpl(options);
      Tensor x = torch.randn(1, 2, 9, 9);
      Tensor y = OpticalConversion.convert(conv, context).requireComplete().module().forward(x);
      assertTrue(Direct.error(conv.forward(x), y) < 1e-6);
    }
  }

  /** What cannot be replaced is named, with the reason, and goes on as before. */
  private static class Awkward extends Module {
    final ModuleListImpl list = new ModuleListImpl();
    final List<Conv2dImpl> fixed = List.of(register_module("fixed", convolution(2, 2, 3)));
    final UnaryOperator<Tensor> hidden = register_module("hidden", convolution(2, 2, 3))::forward;
    final Conv2dImpl own = register_module("own", new OwnForward());
    final Conv2dImpl even;
    final Conv2dImpl uneven;
    final Conv2dImpl exact = register_module("double", convolution(2, 2, 3));
    final SequentialImpl several = new SequentialImpl();
    Conv2dImpl good = register_module("good", convolution(2, 2, 3));

    Awkward() {
      super("Awkward");
      list.push_back(convolution(2, 2, 3));
      register_module("list", list);
      Conv2dOptions options = new Conv2dOptions(2, 2, pair(2, 2));
      options.padding().put(new kSame());
      even = register_module("even", new Conv2dImpl(options));
      options = new Conv2dOptions(2, 2, pair(3, 5));
      options.padding().put(new kSame());
      options.padding_mode().put(new kReflect());
      uneven = register_module("uneven", new Conv2dImpl(options));
      exact.to(torch.ScalarType.Double, false);
      several.push_back("unpool", new MaxUnpool2dImpl(new MaxUnpool2dOptions(pair(2, 2))));
      several.push_back("conv", convolution(2, 2, 3));
      register_module("several", several);
    }
  }

  private static class OwnForward extends Conv2dImpl {
    OwnForward() {
      super(new Conv2dOptions(2, 2, pair(3, 3)));
    }

    @Override
    public Tensor forward(Tensor x) {
      return super.forward(x).neg();
    }
  }

  @Test
  void whatIsLeftIsToldWithTheReason() {
    Awkward network = new Awkward();
    OpticalConversion<Awkward> conversion = OpticalConversion.convert(network, context);
    assertEquals(List.of("good"), conversion.replaced());
    Map<String, String> left = conversion.left();
    assertEquals(
        Set.of("list.0", "fixed", "hidden", "own", "even", "uneven", "double", "several.conv"),
        left.keySet());
    assertTrue(left.get("list.0").contains("no field"), left.get("list.0"));
    assertTrue(left.get("hidden").contains("no field"), left.get("hidden"));
    assertTrue(left.get("fixed").contains("a list holds it"), left.get("fixed"));
    assertTrue(left.get("own").contains("forward of its own"), left.get("own"));
    assertTrue(left.get("even").contains("odd extent"), left.get("even"));
    assertTrue(left.get("uneven").contains("unequal sides"), left.get("uneven"));
    assertTrue(left.get("double").contains("weights are double"), left.get("double"));
    assertTrue(left.get("several.conv").contains("MaxUnpool2d"), left.get("several.conv"));
    IllegalStateException e =
        assertThrows(IllegalStateException.class, conversion::requireComplete);
    assertTrue(e.getMessage().startsWith("8 of 9"), e.getMessage());
    Tensor x = torch.randn(1, 2, 6, 6);
    assertEquals(72, network.hidden.apply(network.fixed.get(0).forward(x)).numel());
    assertEquals(32, network.own.forward(network.even.forward(x)).numel());
    // What libtorch makes of it: rows padded by 2, columns by 1.
    assertArrayEquals(new long[] {1, 2, 8, 4}, network.uneven.forward(x).shape());
    assertEquals(0, context.frames());
    assertFalse(network.good.forward(x).requires_grad());
    assertTrue(context.frames() > 0);
  }

  /** A stand-in in one place is no comfort if another place goes on calling the original. */
  private static class Twice extends Module {
    Conv2dImpl conv = register_module("conv", convolution(2, 2, 3));
    final List<Conv2dImpl> again = List.of(conv);

    Twice() {
      super("Twice");
    }
  }

  @Test
  void whatIsReplacedInPartIsLeft() {
    Twice network = new Twice();
    OpticalConversion<Twice> conversion = OpticalConversion.convert(network, context);
    assertNotSame(network.conv, network.again.get(0));
    assertEquals(List.of(), conversion.replaced());
    assertEquals(Set.of("conv"), conversion.left().keySet());
  }
}
