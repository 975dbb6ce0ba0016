# SPDX-License-Identifier: Apache-2.0
"""Writes the keys and shapes of ImageNet networks as their publishers' own packages build them.

Run in src/test/resources/org/ofp/models/pretrained. The files there come from torch 1.13.1,
torchvision 0.14.1, efficientnet_pytorch (github.com/lukemelas/EfficientNet-PyTorch) 0.7.1 and timm
1.0.29.dev0. No weights are loaded.
"""

import timm
import torchvision
from efficientnet_pytorch import EfficientNet


def write(name, network):
    with open(name + ".txt", "w") as out:
        for key, tensor in network.state_dict().items():
            out.write(f"{key} {'x'.join(map(str, tensor.shape)) or 'scalar'}\n")


write("torchvision-vgg16", torchvision.models.vgg16(weights=None))
write("torchvision-vgg16_bn", torchvision.models.vgg16_bn(weights=None))
write("torchvision-efficientnet_b0", torchvision.models.efficientnet_b0(weights=None))
write("timm-efficientnet_b0", timm.create_model("efficientnet_b0", pretrained=False))
write("efficientnet_pytorch-b0", EfficientNet.from_name("efficientnet-b0"))
