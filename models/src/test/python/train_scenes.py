#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The training of `ofp train --model unet-efficientnet-b0`, by PyTorch: the same recipe from
PyTorch's own layers, losses, optimiser and autograd, to compare what both learn.

    train_scenes.py --data DIR --out DIR [--seed K] [--epochs N] [--batch-size N] [--lr RATE]
                    [--loss dice|cross-entropy] [--schedule constant|cosine] ...

The data are a folder that `ofp dataset` wrote, split as `ofp train` does. An epoch's figures are
printed and kept in DIR/metrics.csv; DIR/best.safetensors (by validation mIoU) and last.safetensors
can be read by `ofp evaluate`. With `--validation DIR` all of --data is for training and all of that
folder for validation.

Random numbers, `--draws`:
  torch  initial weights by PyTorch's layers, order, turns and stochastic depth by its generators:
         the same distributions as ours, nothing else in common.
  ofp    those of the Java implementation, number by number (Initialiser, Shuffle, Augmentation,
         StochasticDepth). Both then take the same steps, until rounding has grown; the first
         epoch's loss agrees to several digits.

Learning rate at step t = 1 ... T: lr (constant); or, with W = ceil(T / 20), lr * t / W up to step W and
lr * (1 + cos(pi * (t - W) / (T - W + 1))) / 2 after it (cosine; RateSchedule). No early stopping.

Needs torch, numpy and Pillow.
"""

import argparse
import math
import os
import time

import numpy as np
import torch
from torch.nn import functional as F

from evaluate_scenes import REACHED_BLOCKS, load, network
from scenes import IGNORED, Scenes, class_weights, evaluate, unit
from unet_efficientnet import write_safetensors

ALL_BLOCKS = 16
DROP_RATE = 0.2
COLUMNS = (
    "epoch,training_loss,validation_loss,pixel_accuracy,class_accuracy,miou,dataset_miou,"
    "seconds,samples_per_second"
)


def dice(logits, labels):
    """segmentation_models.pytorch, DiceLoss(mode="multiclass", ignore_index=255)."""
    counted = (labels != IGNORED).unsqueeze(1)
    scores = logits.softmax(1) * counted
    truth = F.one_hot(labels.where(counted[:, 0], torch.zeros_like(labels)), logits.shape[1])
    truth = truth.permute(0, 3, 1, 2) * counted
    axes = (0, 2, 3)
    score = 2 * (scores * truth).sum(axes) / (scores + truth).sum(axes).clamp_min(1e-7)
    return ((1 - score) * (truth.sum(axes) > 0)).mean()


def loss_function(name, weights):
    if name == "dice":
        return dice
    weights = torch.from_numpy(weights).float()
    return lambda logits, labels: F.cross_entropy(logits, labels, weights, ignore_index=IGNORED)


class TorchDraws:
    """What is random, by PyTorch's generator."""

    def __init__(self, seed):
        torch.manual_seed(seed)

    def initialise(self, model):
        pass  # the layers' constructors did

    def order(self, count, epoch):
        return torch.randperm(count).numpy()

    def symmetries(self, indices, epoch):
        return torch.randint(8, (len(indices),)).numpy()

    def kept(self, block, rate, first_image, images):
        return (torch.rand(images) >= rate).numpy()


class OfpDraws:
    """What is random, as the Java implementation draws it."""

    def __init__(self, seed):
        self.seed = seed

    def initialise(self, model):
        with torch.no_grad():
            parameters = dict(model.named_parameters())
            for name, weight in parameters.items():
                if weight.dim() == 4:
                    bound = np.float32(1 / math.sqrt(weight[0].numel()))
                    self.fill(name, weight, bound)
                    bias = name[: -len("weight")] + "bias"
                    if bias in parameters:
                        self.fill(bias, parameters[bias], bound)

    def fill(self, name, parameter, bound):
        symmetric = 2 * unit(self.seed, name, np.arange(parameter.numel())) - np.float32(1)
        parameter.copy_(torch.from_numpy(symmetric * bound).view_as(parameter))

    def order(self, count, epoch):
        draws = unit(self.seed, f"order of epoch {epoch}", np.arange(count)).astype(np.float64)
        order = np.zeros(count, np.int64)
        for i, j in enumerate((draws * np.arange(1, count + 1)).astype(np.int64)):
            order[i] = order[j]
            order[j] = i
        return order

    def symmetries(self, indices, epoch):
        return (unit(self.seed, f"augmentation of epoch {epoch}", indices) * 8).astype(np.int64)

    def kept(self, block, rate, first_image, images):
        numbers = np.arange(first_image, first_image + images)
        return unit(self.seed, f"stochastic depth, block {block}", numbers) >= np.float32(rate)


class StochasticDepth:
    """Drops a residual branch for whole images and scales it up otherwise."""

    def __init__(self, draws, block):
        self.draws, self.block = draws, block
        self.rate = DROP_RATE * block / ALL_BLOCKS
        self.first_image = 0

    def __call__(self, branch):
        images = branch.shape[0]
        kept = self.draws.kept(self.block, self.rate, self.first_image, images)
        factors = torch.from_numpy(kept.astype(np.float32)) / (1 - self.rate)
        return branch * factors.view(images, 1, 1, 1)


def with_stochastic_depth(model, draws):
    blocks = model.optical_encoder.blocks
    for i in range(REACHED_BLOCKS):
        blocks[i].drop = StochasticDepth(draws, i)
    return [block.drop for block in blocks]


def learning_rate(args, step, steps):
    if args.schedule == "constant":
        return args.lr
    warm = math.ceil(steps / 20)
    if step <= warm:
        return args.lr * step / warm
    return args.lr * (1 + math.cos(math.pi * (step - warm) / (steps - warm + 1))) / 2


def save(model, path):
    write_safetensors(path, {name: p.detach().numpy() for name, p in model.named_parameters()})


class Training:
    def __init__(self, args, scenes, indices, validation, loss_of):
        self.args, self.scenes, self.indices, self.validation = args, scenes, indices, validation
        self.loss_of = loss_of
        self.draws = {"torch": TorchDraws, "ofp": OfpDraws}[args.draws](args.seed)
        self.model = network(scenes.classes)
        self.draws.initialise(self.model)
        if args.weights:
            load(self.model, args.weights)
        self.depths = with_stochastic_depth(self.model, self.draws)
        self.optimiser = torch.optim.Adam(self.model.parameters(), lr=args.lr)
        self.steps_per_epoch = -(-len(indices) // args.batch_size)
        self.best = -1.0

    def step(self, number, samples, epoch, first_image):
        symmetries = self.draws.symmetries(samples, epoch) if self.args.augment else None
        images, labels = self.scenes.batch(self.indices[samples], symmetries)
        for depth in self.depths:
            depth.first_image = first_image
        steps = self.steps_per_epoch * self.args.epochs
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(self.args, number, steps)
        self.optimiser.zero_grad(set_to_none=True)
        loss = self.loss_of(self.model(images), labels)
        loss.backward()
        self.optimiser.step()
        return loss.item()

    def epoch(self, epoch):
        start = time.time()
        count, size = len(self.indices), self.args.batch_size
        order = self.draws.order(count, epoch)
        self.model.train()
        losses = []
        for first in range(0, count, size):
            number = (epoch - 1) * self.steps_per_epoch + len(losses) + 1
            losses.append(
                self.step(number, order[first : first + size], epoch, (epoch - 1) * count + first)
            )
            if len(losses) % self.args.report == 0:
                mean = np.mean(losses[-self.args.report :])
                speed = len(losses) * size / (time.time() - start)
                print(f"  step {number}: loss {mean:.6f}, {speed:.1f} samples/s", flush=True)
        seconds = time.time() - start
        figures, validation_loss = evaluate(
            self.model, *self.validation, self.args.batch_size, self.loss_of
        )
        self.record(epoch, np.mean(losses), validation_loss, figures, time.time() - start, seconds)

    def record(self, epoch, loss, validation_loss, figures, seconds, training_seconds):
        out = self.args.out
        speed = len(self.indices) / training_seconds
        print(
            f"epoch {epoch}: loss {loss:.6f}, validation {validation_loss:.6f},"
            f" mIoU {figures['mIoU']:.4f}, data-set mIoU {figures['datasetMIoU']:.4f},"
            f" {speed:.1f} samples/s",
            flush=True,
        )
        row = [epoch, loss, validation_loss, *figures.values(), seconds, speed]
        with open(os.path.join(out, "metrics.csv"), "a", encoding="utf-8") as table:
            table.write(",".join(map(str, row)) + "\n")
        if figures["mIoU"] > self.best:
            self.best = figures["mIoU"]
            save(self.model, os.path.join(out, "best.safetensors"))
        save(self.model, os.path.join(out, "last.safetensors"))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", metavar="DIR", required=True)
    parser.add_argument("--validation", metavar="DIR", help="validate on all of another folder")
    parser.add_argument("--split-seed", type=int, default=0)
    parser.add_argument("--size", type=int, help="resize the squares")
    parser.add_argument("--out", metavar="DIR", required=True)
    parser.add_argument("--weights", metavar="FILE", help="start from these")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--draws", choices=("torch", "ofp"), default="torch")
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--batch-size", type=int, default=4)
    parser.add_argument("--lr", type=float, default=1e-4)
    parser.add_argument("--schedule", choices=("constant", "cosine"), default="constant")
    parser.add_argument("--loss", choices=("dice", "cross-entropy"), default="dice")
    parser.add_argument("--weight-power", type=float, default=1.0, help="class weights to this power")
    parser.add_argument("--no-augment", dest="augment", action="store_false")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--report", type=int, default=100, help="a line every so many steps")
    return parser.parse_args()


def main():
    args = arguments()
    torch.set_num_threads(args.threads)
    scenes = Scenes(args.data, args.size)
    indices, held_out = scenes.split(args.split_seed)
    validation = scenes, held_out
    if args.validation:
        indices = np.arange(len(scenes.names))
        other = Scenes(args.validation, args.size)
        validation = other, np.arange(len(other.names))
    weights = class_weights(scenes.labels[indices], scenes.classes)
    weights[weights > 0] **= args.weight_power
    os.makedirs(args.out, exist_ok=True)
    with open(os.path.join(args.out, "metrics.csv"), "w", encoding="utf-8") as table:
        table.write(COLUMNS + "\n")
    side = scenes.labels.shape[1]
    print(f"{len(indices)} samples, {len(validation[1])} for validation, {side}x{side} pixels")
    training = Training(args, scenes, indices, validation, loss_function(args.loss, weights))
    for epoch in range(1, args.epochs + 1):
        training.epoch(epoch)


if __name__ == "__main__":
    main()
