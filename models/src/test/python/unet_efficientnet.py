#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reference values for the Java model `unet-efficientnet-b0`, from an independent implementation.

The classes are the article's (plain nn.Conv2d for its OptConv2d), with these corrections:
  * GroupNorm with groups = channels everywhere (the listing's DoubleConv divides by 32),
  * Up's DoubleConv gets mid = (in + out) / 2,
  * stochastic depth does not write into the branch in place; train_scenes.py switches it on.
Blocks 11 to 15 are built, as in the article, and not reached by the forward pass.

Weights and inputs come from a formula that the Java test repeats, so that only logits are stored:
    uniform(name, i) = 2 * u - 1,  u = top 24 bits of SplitMix64 output i / 2**24,
    state of the generator = mix(mix(SEED + GAMMA) ^ fnv1a64(name)).

Needs torch and numpy alone.

    unet_efficientnet.py --fixtures DIR            parameters.txt and logits-*.f32 for the tests
    unet_efficientnet.py --out DIR --size 96       weights.safetensors, X.npy, Y.npy for `ofp forward`
    unet_efficientnet.py --check FILE              compares a .safetensors file with the formula
"""

import argparse
import json
import os
import struct

import numpy as np
import torch
from torch import nn

CLASSES = 23
SEED = 20261122
FIXTURES = ((64, 1), (96, 3), (224, 7))  # image side, every n-th row and column is stored

U64 = np.uint64
GAMMA = U64(0x9E3779B97F4A7C15)


# ---------------------------------------------------------------- numbers


def mix(z):
    z = (z ^ (z >> U64(30))) * U64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> U64(27))) * U64(0x94D049BB133111EB)
    return z ^ (z >> U64(31))


def fnv1a64(name):
    h = 0xCBF29CE484222325
    for byte in name.encode("utf-8"):
        h = (h ^ byte) * 0x100000001B3 % 2**64
    return U64(h)


def uniform(name, count):
    """`count` float64 numbers in [-1, 1), multiples of 2**-23."""
    with np.errstate(over="ignore"):
        state = mix(mix(U64(SEED) + GAMMA) ^ fnv1a64(name))
        index = np.arange(1, count + 1, dtype=np.uint64)
        bits = mix(state + index * GAMMA) >> U64(40)
    return bits.astype(np.float64) / 2.0**23 - 1.0


def parameter(name, shape):
    """Convolutions: unit variance out for unit variance in; norms: around scale 1 and offset 0."""
    u = uniform(name, int(np.prod(shape)))
    if len(shape) == 4:
        fan_in = shape[1] * shape[2] * shape[3]
        values = u * np.sqrt(3.0 / fan_in)
    elif is_norm_scale(name):
        values = 1.0 + 0.5 * u
    else:
        values = 0.5 * u
    return values.astype(np.float32).reshape(shape)


def is_norm_scale(name):
    return name.endswith(".weight")  # called for one-dimensional parameters only


def image(size):
    """[1, 3, size, size]: blocks of 8 pixels with a random level, and noise."""
    rows = np.arange(size)
    blocks = -(-size // 8)
    coarse = uniform("image, coarse", 3 * blocks * blocks).reshape(3, blocks, blocks)
    fine = uniform("image, fine", 3 * size * size).reshape(3, size, size)
    picture = 1.5 * coarse[:, rows // 8][:, :, rows // 8] + 0.5 * fine
    return picture[None].astype(np.float32)


# ---------------------------------------------------------------- the article's classes


class Swish(nn.Module):
    def forward(self, x):
        return x * torch.sigmoid(x)


def layer_norm(channels):
    return nn.GroupNorm(channels, channels)


def conv3x3_bn(in_channels, out_channels, stride):
    return nn.Sequential(
        nn.Conv2d(in_channels, out_channels, 3, stride=stride, padding=1, bias=False),
        layer_norm(out_channels),
        Swish(),
    )


class SqueezeAndExcite(nn.Module):
    def __init__(self, channels, squeeze_channels, se_ratio):
        super().__init__()
        squeeze_channels = int(squeeze_channels * se_ratio)
        self.se_reduce = nn.Conv2d(channels, squeeze_channels, 1)
        self.non_linear1 = Swish()
        self.se_expand = nn.Conv2d(squeeze_channels, channels, 1)
        self.non_linear2 = nn.Sigmoid()

    def forward(self, x):
        y = torch.mean(x, (2, 3), keepdim=True)
        y = self.non_linear1(self.se_reduce(y))
        y = self.non_linear2(self.se_expand(y))
        return x * y


class MBConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels, kernel_size, stride, expand_ratio, se_ratio):
        super().__init__()
        expand_channels = in_channels * expand_ratio
        self.residual_connection = stride == 1 and in_channels == out_channels
        self.drop = None  # in training: what is done to the branch
        conv = []
        if expand_ratio != 1:
            conv.append(
                nn.Sequential(
                    nn.Conv2d(in_channels, expand_channels, 1, bias=False),
                    layer_norm(expand_channels),
                    Swish(),
                )
            )
        conv.append(
            nn.Sequential(
                nn.Conv2d(
                    expand_channels,
                    expand_channels,
                    kernel_size,
                    stride=stride,
                    padding=kernel_size // 2,
                    bias=False,
                    groups=expand_channels,
                ),
                layer_norm(expand_channels),
                Swish(),
            )
        )
        conv.append(SqueezeAndExcite(expand_channels, in_channels, se_ratio))
        conv.append(
            nn.Sequential(
                nn.Conv2d(expand_channels, out_channels, 1, bias=False), layer_norm(out_channels)
            )
        )
        self.conv = nn.Sequential(*conv)

    def forward(self, x):
        y = self.conv(x)
        if not self.residual_connection:
            return y
        return x + (self.drop(y) if self.training and self.drop else y)


class EfficientNetEncoder(nn.Module):
    config = [
        # in, out, kernel, stride, expand ratio, squeeze-excite ratio, repeats
        [32, 16, 3, 1, 1, 0.25, 1],
        [16, 24, 3, 2, 6, 0.25, 2],
        [24, 40, 5, 2, 6, 0.25, 2],
        [40, 80, 3, 2, 6, 0.25, 3],
        [80, 112, 5, 1, 6, 0.25, 3],
        [112, 192, 5, 2, 6, 0.25, 4],
        [192, 320, 3, 1, 6, 0.25, 1],
    ]

    def __init__(self):
        super().__init__()
        self.stem_conv = conv3x3_bn(3, 32, 2)
        blocks = []
        for cin, cout, kernel, stride, expand, se, repeats in self.config:
            blocks.append(MBConvBlock(cin, cout, kernel, stride, expand, se))
            for _ in range(repeats - 1):
                blocks.append(MBConvBlock(cout, cout, kernel, 1, expand, se))
        self.blocks = nn.Sequential(*blocks)


class DoubleConv(nn.Module):
    def __init__(self, in_channels, out_channels, mid_channels=None):
        super().__init__()
        mid_channels = mid_channels or out_channels
        self.double_conv = nn.Sequential(
            nn.Conv2d(in_channels, mid_channels, kernel_size=3, padding=1),
            layer_norm(mid_channels),
            nn.ReLU(),
            nn.Conv2d(mid_channels, out_channels, kernel_size=3, padding=1),
            layer_norm(out_channels),
            nn.ReLU(),
        )

    def forward(self, x):
        return self.double_conv(x)


class Up(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.up = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True)
        self.conv = DoubleConv(in_channels, out_channels, (in_channels + out_channels) // 2)

    def forward(self, x1, x2):
        return self.conv(torch.cat([x2, self.up(x1)], dim=1))


class OutConv(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, kernel_size=1)

    def forward(self, x):
        return self.conv(x)


class UNetEfficientNet(nn.Module):
    def __init__(self, n_class):
        super().__init__()
        self.optical_encoder = EfficientNetEncoder()
        self.inc = DoubleConv(3, 64)
        self.up1 = Up(152, 128)
        self.up2 = Up(152, 128)
        self.up3 = Up(160, 64)
        self.up4 = Up(128, 64)
        self.outc = OutConv(64, n_class)

    def forward(self, x):
        x0 = self.inc(x)
        x1 = self.optical_encoder.stem_conv(x)
        x2 = self.optical_encoder.blocks[0:3](x1)
        x3 = self.optical_encoder.blocks[3:5](x2)
        x4 = self.optical_encoder.blocks[5:11](x3)
        x = self.up1(x4, x3)
        x = self.up2(x, x2)
        x = self.up3(x, x1)
        x = self.up4(x, x0)
        return self.outc(x)


# ---------------------------------------------------------------- files


def write_safetensors(path, tensors):
    header, offset = {}, 0
    for name, array in tensors.items():
        header[name] = {
            "dtype": "F32",
            "shape": list(array.shape),
            "data_offsets": [offset, offset + array.nbytes],
        }
        offset += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for array in tensors.values():
            out.write(np.ascontiguousarray(array, dtype="<f4").tobytes())


def read_safetensors(path):
    types = {"F32": "<f4", "F16": "<f2"}
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    header.pop("__metadata__", None)
    return {
        name: np.frombuffer(data[slice(*t["data_offsets"])], types[t["dtype"]]).reshape(t["shape"])
        for name, t in header.items()
    }


# ---------------------------------------------------------------- commands


def build():
    model = UNetEfficientNet(CLASSES)
    with torch.no_grad():
        for name, p in model.named_parameters():
            p.copy_(torch.from_numpy(parameter(name, tuple(p.shape))))
    return model.eval()


def reached(model):
    """Names of the parameters that a backward pass reaches."""
    model(torch.from_numpy(image(64))).sum().backward()
    names = {name for name, p in model.named_parameters() if p.grad is not None}
    model.zero_grad(set_to_none=True)
    return names


def logits(model, size):
    with torch.no_grad():
        return model(torch.from_numpy(image(size))).numpy()


def write_fixtures(model, directory):
    names = reached(model)
    with open(os.path.join(directory, "parameters.txt"), "w", encoding="utf-8") as out:
        for name, p in model.named_parameters():
            shape = "x".join(map(str, p.shape))
            out.write(f"{name} {shape} {'reached' if name in names else 'unreached'}\n")
    count = {name: p.numel() for name, p in model.named_parameters()}
    print("reached parameters:", sum(count[n] for n in names), "of", sum(count.values()))
    for size, step in FIXTURES:
        y = logits(model, size)
        samples = np.ascontiguousarray(y[0, :, ::step, ::step], dtype="<f4")
        samples.tofile(os.path.join(directory, f"logits-{size}.f32"))
        used = len(np.unique(y[0].argmax(0)))
        print(f"size {size}: {samples.shape}, rms {y.std():.3f}, {used} classes win a pixel")


def write_check(model, directory, size, reached_only):
    os.makedirs(directory, exist_ok=True)
    names = reached(model) if reached_only else None
    weights = {
        name: p.detach().numpy()
        for name, p in model.named_parameters()
        if names is None or name in names
    }
    write_safetensors(os.path.join(directory, "weights.safetensors"), weights)
    np.save(os.path.join(directory, "X.npy"), np.ascontiguousarray(image(size)))
    np.save(os.path.join(directory, "Y.npy"), np.ascontiguousarray(logits(model, size)))


def check(path):
    tensors = read_safetensors(path)
    for name, array in tensors.items():
        expected = parameter(name, array.shape)
        if array.dtype == np.float16:
            expected = expected.astype(np.float16)
        if not np.array_equal(array, expected):
            raise SystemExit(f"{name} differs")
    print(len(tensors), "tensors as the formula has them")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--fixtures", metavar="DIR")
    what.add_argument("--out", metavar="DIR")
    what.add_argument("--check", metavar="FILE")
    parser.add_argument("--size", type=int, default=96, help="image side, a multiple of 16")
    parser.add_argument("--reached-only", action="store_true", help="leave blocks 11 to 15 out")
    args = parser.parse_args()
    if args.fixtures:
        write_fixtures(build(), args.fixtures)
    elif args.out:
        write_check(build(), args.out, args.size, args.reached_only)
    else:
        check(args.check)


if __name__ == "__main__":
    main()
