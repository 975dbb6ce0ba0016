#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reference values for the Java models on VGG16, from an independent implementation.

The classes are the article's, with these corrections:
  * SegNet unpools each stage with the indices and the size of its own pooling,
  * U-Net's forward takes its maps x4 to x0 (the listing counts them from x5),
  * the U-Net with transposed convolutions pools once before its fifth stage (Down pools already).

Weights and images come from the formula of unet_efficientnet.py, but for the scale of the
convolutions: the VGG16 encoder has no normalisation, so weights make up for the half of the
variance that each ReLU takes (Kaiming), or the image would hardly show in the logits.

Needs torch and numpy alone.

    vgg_networks.py --fixtures DIR                 NAME/parameters.txt and NAME/logits-*.f32 for the tests
    vgg_networks.py --model NAME --out DIR --size 96
                                                   weights.safetensors (the whole state_dict, second
                                                   names included), X.npy, Y.npy for `ofp forward`
"""

import argparse
import os

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from unet_efficientnet import CLASSES, image, parameter, write_safetensors

FIXTURES = ((32, 3), (64, 5))  # image side, every n-th row and column is stored


def weights(name, shape):
    values = parameter(name, shape)
    return values * np.float32(np.sqrt(2.0)) if len(shape) == 4 else values


# ---------------------------------------------------------------- the article's classes


class VGGLayer(nn.Sequential):
    def __init__(self, dims):
        super().__init__()
        steps = []
        for cin, cout in zip(dims, dims[1:]):
            steps += [nn.Conv2d(cin, cout, 3, padding="same"), nn.ReLU()]
        self.layer = nn.Sequential(*steps)

    def forward(self, x):
        return self.layer(x)


class VGGEncoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(2)
        self.layer1 = VGGLayer((3, 64, 64))
        self.layer2 = VGGLayer((64, 128, 128))
        self.layer3 = VGGLayer((128, 256, 256, 256))
        self.layer4 = VGGLayer((256, 512, 512, 512))
        self.layer5 = VGGLayer((512, 512, 512, 512))


class FCN8VGG(nn.Module):
    def __init__(self, n_class):
        super().__init__()
        self.encoder = VGGEncoder()
        self.pool = nn.MaxPool2d(2)
        self.relu = nn.ReLU()
        self.gn1 = nn.GroupNorm(16, 512, eps=1e-05, affine=True)
        self.gn2 = nn.GroupNorm(8, 256, eps=1e-05, affine=True)
        self.gn3 = nn.GroupNorm(4, 128, eps=1e-05, affine=True)
        self.gn4 = nn.GroupNorm(2, 64, eps=1e-05, affine=True)
        self.gn5 = nn.GroupNorm(2, 64, eps=1e-05, affine=True)
        self.deconv1 = nn.ConvTranspose2d(512, 512, 3, 2, 1, 1)
        self.deconv2 = nn.ConvTranspose2d(512, 256, 3, 2, 1, 1)
        self.deconv3 = nn.ConvTranspose2d(256, 128, 3, 2, 1, 1)
        self.deconv4 = nn.ConvTranspose2d(128, 64, 3, 2, 1, 1)
        self.deconv5 = nn.ConvTranspose2d(64, 64, 3, 2, 1, 1)
        self.classifier = nn.Conv2d(64, n_class, kernel_size=1)

    def forward(self, x):
        x1 = self.pool(self.encoder.layer1(x))
        x2 = self.pool(self.encoder.layer2(x1))
        x3 = self.pool(self.encoder.layer3(x2))
        x4 = self.pool(self.encoder.layer4(x3))
        x5 = self.pool(self.encoder.layer5(x4))
        x = self.relu(self.deconv1(x5))
        x = self.gn1(x + x4)
        x = self.relu(self.deconv2(x))
        x = self.gn2(x + x3)
        x = self.gn3(self.relu(self.deconv3(x)))
        x = self.gn4(self.relu(self.deconv4(x)))
        x = self.gn5(self.relu(self.deconv5(x)))
        return self.classifier(x)


class SegNetDecoderLayer(nn.Module):
    def __init__(self, dims):
        super().__init__()
        steps = []
        for cin, cout in zip(dims, dims[1:]):
            groups = cout // 32 if cout % 32 == 0 else 1
            steps += [
                nn.Conv2d(cin, cout, kernel_size=3, padding=1),
                nn.GroupNorm(groups, cout),
                nn.ReLU(),
            ]
        self.layer = nn.Sequential(*steps)

    def forward(self, x, indices, output_size):
        return self.layer(F.max_unpool2d(x, indices, 2, stride=2, output_size=output_size))


class SegNetVGG(nn.Module):
    def __init__(self, n_class):
        super().__init__()
        self.encoder = VGGEncoder()
        self.decoder_stage5 = SegNetDecoderLayer((512, 512, 512, 512))
        self.decoder_stage4 = SegNetDecoderLayer((512, 512, 512, 256))
        self.decoder_stage3 = SegNetDecoderLayer((256, 256, 256, 128))
        self.decoder_stage2 = SegNetDecoderLayer((128, 128, 64))
        self.decoder_stage1 = SegNetDecoderLayer((64, 64, n_class))

    def forward(self, x):
        dim_0 = x.size()
        x, indices_1 = self.pool(self.encoder.layer1(x))
        dim_1 = x.size()
        x, indices_2 = self.pool(self.encoder.layer2(x))
        dim_2 = x.size()
        x, indices_3 = self.pool(self.encoder.layer3(x))
        dim_3 = x.size()
        x, indices_4 = self.pool(self.encoder.layer4(x))
        dim_4 = x.size()
        x, indices_5 = self.pool(self.encoder.layer5(x))
        x = self.decoder_stage5(x, indices_5, dim_4)
        x = self.decoder_stage4(x, indices_4, dim_3)
        x = self.decoder_stage3(x, indices_3, dim_2)
        x = self.decoder_stage2(x, indices_2, dim_1)
        return self.decoder_stage1(x, indices_1, dim_0)

    def pool(self, x):
        return F.max_pool2d(x, kernel_size=2, stride=2, return_indices=True)


class DoubleConv(nn.Module):
    def __init__(self, in_channels, out_channels, mid_channels=None):
        super().__init__()
        mid_channels = mid_channels or out_channels
        self.double_conv = nn.Sequential(
            nn.Conv2d(in_channels, mid_channels, kernel_size=3, padding=1),
            nn.GroupNorm(mid_channels // 32, mid_channels),
            nn.ReLU(),
            nn.Conv2d(mid_channels, out_channels, kernel_size=3, padding=1),
            nn.GroupNorm(out_channels // 32, out_channels),
            nn.ReLU(),
        )

    def forward(self, x):
        return self.double_conv(x)


class Down(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.maxpool_conv = nn.Sequential(nn.MaxPool2d(2), DoubleConv(in_channels, out_channels))

    def forward(self, x):
        return self.maxpool_conv(x)


class Up(nn.Module):
    def __init__(self, in_channels, out_channels, bilinear=True):
        super().__init__()
        if bilinear:
            self.up = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True)
            self.conv = DoubleConv(in_channels, out_channels, in_channels // 2)
        else:
            self.up = nn.ConvTranspose2d(in_channels, in_channels // 2, kernel_size=2, stride=2)
            self.conv = DoubleConv(in_channels, out_channels)

    def forward(self, x1, x2):
        return self.conv(torch.cat([x2, self.up(x1)], dim=1))


class UNetVGG(nn.Module):
    def __init__(self, n_class, bilinear=True):
        super().__init__()
        self.bilinear = bilinear
        self.encoder = VGGEncoder()
        self.pool = nn.MaxPool2d(2)
        factor = 2 if bilinear else 1
        self.encoder5 = self.encoder.layer5 if bilinear else Down(512, 1024)
        self.up1 = Up(1024, 512 // factor, bilinear)
        self.up2 = Up(512, 256 // factor, bilinear)
        self.up3 = Up(256, 128 // factor, bilinear)
        self.up4 = Up(128, 64, bilinear)
        self.classifier = nn.Conv2d(64, n_class, kernel_size=1)

    def forward(self, x):
        x0 = self.encoder.layer1(x)
        x1 = self.encoder.layer2(self.pool(x0))
        x2 = self.encoder.layer3(self.pool(x1))
        x3 = self.encoder.layer4(self.pool(x2))
        x4 = self.encoder5(self.pool(x3) if self.bilinear else x3)
        x = self.up1(x4, x3)
        x = self.up2(x, x2)
        x = self.up3(x, x1)
        x = self.up4(x, x0)
        return self.classifier(x)


NETWORKS = {
    "fcn8-vgg16": FCN8VGG,
    "segnet-vgg16": SegNetVGG,
    "unet-vgg16": UNetVGG,
    "unet-vgg16-transposed": lambda n_class: UNetVGG(n_class, bilinear=False),
}


# ---------------------------------------------------------------- commands


def build(name):
    model = NETWORKS[name](CLASSES)
    with torch.no_grad():
        for key, p in model.named_parameters():
            p.copy_(torch.from_numpy(weights(key, tuple(p.shape))))
    return model.eval()


def logits(model, size):
    with torch.no_grad():
        return model(torch.from_numpy(image(size))).numpy()


def rounding(model, size):
    """Relative L2 distance of the float32 logits from those in float64."""
    single = logits(model, size)
    with torch.no_grad():
        exact = model.double()(torch.from_numpy(image(size)).double()).numpy()
    model.float()
    return np.linalg.norm(single - exact) / np.linalg.norm(exact)


def reached(model):
    """Names of the parameters that a backward pass reaches."""
    model(torch.from_numpy(image(32))).sum().backward()
    names = {name for name, p in model.named_parameters() if p.grad is not None}
    model.zero_grad(set_to_none=True)
    return names


def closest_race(model, size):
    """Where pooling picks one of two values, another rounding may pick the other one. Returns the
    smallest gap between the two largest values of a window (unless both are zero), in units of the
    map's root mean square. The sizes in FIXTURES are those where it is far larger than rounding
    errors (1e-7); at 96 pixels it is 1.3e-6."""
    gaps = []

    def look(module, inputs, output):
        windows = F.unfold(output.flatten(0, 1)[:, None], 2, stride=2)
        best = windows.topk(2, dim=1).values
        gap = (best[:, 0] - best[:, 1])[best[:, 0] > 0]
        gaps.append(float(gap.min() / output.square().mean().sqrt()))

    hooks = [
        layer.register_forward_hook(look)
        for layer in (getattr(model.encoder, f"layer{i}") for i in range(1, 6))
    ]
    logits(model, size)
    for hook in hooks:
        hook.remove()
    return min(gaps)


def write_fixtures(name, model, directory):
    os.makedirs(directory, exist_ok=True)
    names = reached(model)
    with open(os.path.join(directory, "parameters.txt"), "w", encoding="utf-8") as out:
        first_names = {key for key, _ in model.named_parameters()}
        for key, p in model.state_dict().items():
            shape = "x".join(map(str, p.shape))
            kind = "reached" if key in names else "unreached" if key in first_names else "second-name"
            out.write(f"{key} {shape} {kind}\n")
    count = sum(p.numel() for p in model.parameters())
    print(f"{name}: {count} parameters, {len(model.state_dict())} keys of the state_dict")
    for size, step in FIXTURES:
        y = logits(model, size)
        samples = np.ascontiguousarray(y[0, :, ::step, ::step], dtype="<f4")
        samples.tofile(os.path.join(directory, f"logits-{size}.f32"))
        used = len(np.unique(y[0].argmax(0)))
        print(
            f"  size {size}: {samples.shape}, rms {y.std():.3f}, {used} classes win a pixel,"
            f" rounding {rounding(model, size):.1e}, closest race {closest_race(model, size):.1e}"
        )


def write_check(model, directory, size):
    os.makedirs(directory, exist_ok=True)
    state = {key: p.detach().numpy() for key, p in model.state_dict().items()}
    write_safetensors(os.path.join(directory, "weights.safetensors"), state)
    np.save(os.path.join(directory, "X.npy"), np.ascontiguousarray(image(size)))
    np.save(os.path.join(directory, "Y.npy"), np.ascontiguousarray(logits(model, size)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--fixtures", metavar="DIR")
    what.add_argument("--out", metavar="DIR")
    parser.add_argument("--model", choices=sorted(NETWORKS), default="unet-vgg16")
    parser.add_argument("--size", type=int, default=96, help="image side, a multiple of 32")
    args = parser.parse_args()
    if args.fixtures:
        for name in NETWORKS:
            write_fixtures(name, build(name), os.path.join(args.fixtures, name))
    else:
        write_check(build(args.model), args.out, args.size)


if __name__ == "__main__":
    main()
