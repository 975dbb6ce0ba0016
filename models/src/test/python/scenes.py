# SPDX-License-Identifier: Apache-2.0
"""Folders as `ofp dataset` writes them, and the article's metrics, for train_scenes.py and
evaluate_scenes.py: an independent implementation of what the Java classes named below do.

Needs torch, numpy and Pillow.
"""

import csv
import os

import numpy as np
import torch
from PIL import Image

from unet_efficientnet import GAMMA, U64, fnv1a64, mix

IGNORED = 255
MEAN = np.float32([0.485, 0.456, 0.406])
DEVIATION = np.float32([0.229, 0.224, 0.225])


def unit(seed, name, index):
    """float32 in [0, 1): NamedRandom.unit, for an array of indices."""
    with np.errstate(over="ignore"):
        state = mix(mix(U64(seed % 2**64) + GAMMA) ^ fnv1a64(name))
        bits = mix(state + (np.asarray(index).astype(np.uint64) + U64(1)) * GAMMA) >> U64(40)
    return bits.astype(np.float32) / np.float32(2**24)


def validation_names(names, seed):
    """A fifth of the pictures: those that draw the smallest numbers (Split)."""
    count = 0 if len(names) < 2 else max(1, int(np.floor(0.2 * len(names) + 0.5)))
    return set(sorted(names, key=lambda name: (float(unit(seed, name, 0)), name))[:count])


def squares(pixels, size):
    """Squares of side min(2000, short side), centred, resized to the nearest sample (CropGrid)."""
    height, width = pixels.shape[:2]
    side = min(2000, height, width)
    rows, columns = height // side, width // side
    top, left = (height - rows * side) // 2, (width - columns * side) // 2
    size = size or min(512, side)
    nearest = (2 * np.arange(size) + 1) * side // (2 * size)
    for row in range(top, top + rows * side, side):
        for column in range(left, left + columns * side, side):
            yield pixels[row + nearest][:, column + nearest]


class Scenes:
    """All squares of a folder: images [n, size, size, 3] and labels [n, size, size], uint8."""

    def __init__(self, folder, size=None):
        with open(os.path.join(folder, "class_dict_seg.csv"), encoding="utf-8") as table:
            names = [row[0].strip() for row in csv.reader(table)][1:]
        self.classes = len(names) - (names[-1] in ("conflicting", "ignored"))
        images, labels, self.names = [], [], []
        pictures = os.path.join(folder, "original_images")
        for file in sorted(os.listdir(pictures)):
            name = os.path.splitext(file)[0]
            picture = np.asarray(Image.open(os.path.join(pictures, file)).convert("RGB"))
            mask = os.path.join(folder, "label_images_semantic", name + ".png")
            label = np.asarray(Image.open(mask))
            if label.ndim != 2:
                raise SystemExit(f"{mask}: masks must be grey or have a palette")
            label = np.where(label < self.classes, label, IGNORED).astype(np.uint8)
            for image in squares(picture, size):
                images.append(image)
                self.names.append(name)
            labels.extend(squares(label, size))
        self.images, self.labels = np.stack(images), np.stack(labels)

    def split(self, seed):
        """Indices of the squares to learn from, and of those for validation."""
        chosen = validation_names(sorted(set(self.names)), seed)
        held_out = np.array([name in chosen for name in self.names])
        return np.flatnonzero(~held_out), np.flatnonzero(held_out)

    def batch(self, indices, symmetries=None):
        """Normalised images [n, 3, size, size] and labels [n, size, size], each turned (Symmetry)."""
        images, labels = [], []
        for place, index in enumerate(indices):
            symmetry = 0 if symmetries is None else symmetries[place]
            images.append(turned(self.images[index], symmetry))
            labels.append(turned(self.labels[index], symmetry))
        x = (np.stack(images).astype(np.float32) / np.float32(255) - MEAN) / DEVIATION
        x = np.ascontiguousarray(x.transpose(0, 3, 1, 2))
        return torch.from_numpy(x), torch.from_numpy(np.stack(labels).astype(np.int64))


def turned(pixels, symmetry):
    """One of the eight symmetries of the square."""
    if symmetry & 2:
        pixels = pixels[::-1]
    if symmetry & 1:
        pixels = pixels[:, ::-1]
    return pixels.swapaxes(0, 1) if symmetry & 4 else pixels


def class_weights(labels, classes):
    """Median frequency: the median of all classes' frequencies over the class's own."""
    own, all_pixels = np.zeros(classes), np.zeros(classes)
    for label in labels:
        counts = np.bincount(label.ravel(), minlength=IGNORED + 1)[:IGNORED]
        own += counts[:classes]
        all_pixels += np.where(counts[:classes] > 0, counts.sum(), 0)
    frequency = np.divide(own, all_pixels, out=np.zeros(classes), where=all_pixels > 0)
    present = frequency > 0
    weights = np.zeros(classes)
    weights[present] = np.median(frequency[present]) / frequency[present]
    return weights


class Metrics:
    """Percent, by the article's definitions and from one confusion matrix (SegmentationMetrics)."""

    def __init__(self, classes):
        self.classes = classes
        self.confusion = np.zeros((classes, classes), np.int64)
        self.accuracies, self.unions = [], []

    def add(self, label, prediction):
        counted = label != IGNORED
        pairs = label[counted].astype(np.int64) * self.classes + prediction[counted]
        matrix = np.bincount(pairs, minlength=self.classes**2).reshape(2 * (self.classes,))
        right, labelled, found = matrix.diagonal(), matrix.sum(1), matrix.sum(0)
        present = labelled > 0
        self.accuracies.extend(right[present] / labelled[present])
        self.unions.extend(right[present] / (labelled + found - right)[present])
        self.confusion += matrix

    def figures(self):
        right = self.confusion.diagonal()
        union = self.confusion.sum(0) + self.confusion.sum(1) - right
        return {
            "pixelAccuracy": 100 * right.sum() / self.confusion.sum(),
            "classAccuracy": 100 * np.mean(self.accuracies),
            "mIoU": 100 * np.mean(self.unions),
            "datasetMIoU": 100 * np.mean(right[union > 0] / union[union > 0]),
        }


def evaluate(model, scenes, indices, batch_size, loss_of=None):
    """Metrics over the squares as they are, and the mean of the batches' losses if asked for."""
    metrics, losses = Metrics(scenes.classes), []
    model.eval()
    with torch.no_grad():
        for first in range(0, len(indices), batch_size):
            images, labels = scenes.batch(indices[first : first + batch_size])
            logits = model(images)
            for label, prediction in zip(labels.numpy(), logits.argmax(1).numpy()):
                metrics.add(label, prediction)
            if loss_of:
                losses.append(loss_of(logits, labels).item())
    return metrics.figures(), float(np.mean(losses)) if losses else None
