"""An image pipeline in NumPy, as such programs are written. image-pipeline.ts is the same program, line by line."""

import io
import pathlib

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

np.set_printoptions(precision=4, suppress=True, linewidth=100)


def show(title, *values):
    print(f"{title}:", *(str(np.asarray(value)) for value in values))


# 1. Load, crop, flip, reorder: views of one buffer.
image = np.load(pathlib.Path(__file__).parent.parent / "samples" / "astronaut.npy")
show("image", image.shape, image.min(), image.max())
face = image[8:72, 32:96]
mirrored = face[:, ::-1]
upside_down = np.flipud(face)
turned = np.rot90(face, k=1)
bgr = face[..., ::-1]
swapped = face[:, :, [2, 1, 0]]
show("crop strides", face.strides, mirrored.strides, turned.strides)
show("reordered the same", np.array_equal(bgr, swapped), np.shares_memory(bgr, image), np.shares_memory(swapped, image))
show("corner", mirrored[0, :3].tolist(), upside_down[-1, 0], turned[0, 0], bgr[0, -1])

# 2. Grey, by the weights of Rec. 601.
weights = np.array([299, 587, 114])
grey = ((image @ weights + 500) // 1000).astype(np.uint8)
show("grey", grey.shape, grey.dtype.itemsize, grey.mean(), np.median(grey))
show("percentiles", np.percentile(grey, [1, 25, 50, 75, 99]))

# 3. Histogram equalisation through a table.
counts = np.bincount(grey.ravel(), minlength=256)
cdf = counts.cumsum()
lowest = cdf[cdf > 0].min()
table = np.round((cdf - lowest) / (grey.size - lowest) * 255).clip(0, 255).astype(np.uint8)
equal = table[grey]
bars_before, edges = np.histogram(grey, bins=8, range=(0, 256))
bars_after, _ = np.histogram(equal, bins=8, range=(0, 256))
show("edges", edges)
show("bars", bars_before, bars_after)
show("spread", np.ptp(grey), np.ptp(equal), np.count_nonzero(counts), np.unique(equal).size)

# 4. Otsu's threshold: the largest variance between two classes.
levels = np.arange(256)
mass = np.cumsum(counts) / counts.sum()
moment = np.cumsum(counts * levels) / counts.sum()
inside = (mass > 0) & (mass < 1)
between = np.zeros(256)
np.divide((moment[-1] * mass - moment) ** 2, mass * (1 - mass), out=between, where=inside)
threshold = int(np.argmax(between))
bright = grey > threshold
show("threshold", threshold, bright.sum(), np.round(bright.mean(), 4))

# 5. Statistics under the mask, and writing through it.
show("mean where bright", image[bright].mean(axis=0), "elsewhere", image[~bright].mean(axis=0))
rows, columns = np.nonzero(bright)
show("box", [rows.min(), columns.min(), rows.max(), columns.max()])
marked = image.copy()
marked[bright] = [255, 0, 0]
marked[~bright, 1] //= 2
show("marked", marked.reshape(-1, 3).mean(axis=0))
levelled = np.where(bright, grey, np.minimum(grey, 40))
show("levelled", levelled.min(), levelled.max(), levelled.dtype.itemsize)
show("brightest", np.argwhere(grey == grey.max())[:3].tolist())

# 6. Normalise each channel for a network.
x = image.astype(np.float32) / 255
mean = x.mean(axis=(0, 1))
std = x.std(axis=(0, 1))
normal = (x - mean) / std
show("channels", np.round(mean, 3), np.round(std, 3))
show("normal", np.abs(np.round(normal.mean(axis=(0, 1)), 3)), np.round(normal.std(axis=(0, 1)), 3))

# 7. Pad and make a batch of views: NHWC to NCHW.
padded = np.pad(normal, ((2, 2), (2, 2), (0, 0)), mode="reflect")
batch = np.stack([padded, padded[:, ::-1], padded[::-1], padded.swapaxes(0, 1)])
planes = batch.transpose(0, 3, 1, 2)
ready = np.ascontiguousarray(planes)
show("batch", batch.shape, planes.shape, planes.flags.c_contiguous, ready.flags.c_contiguous)
show("border", np.array_equal(padded[0], padded[4]), np.array_equal(padded[:, 1], padded[:, 3]))
constant = np.pad(grey, 1, mode="constant", constant_values=255)
edge = np.pad(grey, ((0, 3), (1, 0)), mode="edge")
show("padded", constant.sum(), edge.shape, edge[-1, :4])

# 8. Windows: blur, median, gradient, without a loop.
windows = sliding_window_view(np.pad(grey, 1, mode="edge"), (3, 3))
blurred = windows.mean(axis=(2, 3))
middle = np.median(windows, axis=(2, 3)).astype(np.uint8)
kernel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
gx = np.einsum("ijkl,kl->ij", windows.astype(np.float64), kernel)
gy = np.einsum("ijkl,kl->ij", windows.astype(np.float64), kernel.T)
slope = np.hypot(gx, gy)
show("blur", np.round(blurred[:2, :4], 2))
show("median", middle[40, 40:48], middle.sum())
show("gradient", np.round(slope.max(), 3), np.unravel_index(slope.argmax(), slope.shape))
angle = np.degrees(np.arctan2(gy, gx)) % 180
directions = np.digitize(angle[slope > 200], [45, 90, 135])
show("directions", np.bincount(directions, minlength=4))
peaks = (grey == windows.max(axis=(2, 3))) & (grey > 220)
show("peaks", peaks.sum(), np.flatnonzero(peaks)[:5])

# 9. Connected parts: labels spread to their neighbours until nothing changes.
labels = np.where(slope > 250, np.arange(1, slope.size + 1).reshape(slope.shape), 0)
while True:
    grown = np.pad(labels, 1)
    spread = labels.copy()
    for shift in (grown[:-2, 1:-1], grown[2:, 1:-1], grown[1:-1, :-2], grown[1:-1, 2:]):
        np.maximum(spread, shift, out=spread, where=labels > 0)
    if np.array_equal(spread, labels):
        break
    labels = spread
names, which, sizes = np.unique(labels[labels > 0], return_inverse=True, return_counts=True)
largest = np.argsort(-sizes, kind="stable")[:4]
show("parts", names.size, sizes[largest], which.max())
spots = np.argwhere(labels == names[largest[0]])
show("largest", spots.min(axis=0), spots.max(axis=0), np.round(spots.mean(axis=0), 2))

# 10. A palette: quantise, count the colours, one-hot, the mean of each class.
steps = np.array([64, 128, 192])
indices = np.searchsorted(steps, image, side="right")
codes = np.ravel_multi_index((indices[..., 0], indices[..., 1], indices[..., 2]), (4, 4, 4))
found, how_many = np.unique(codes, return_counts=True)
common = found[np.lexsort((found, -how_many))][:5]
show("palette", found.size, common, np.array(np.unravel_index(common, (4, 4, 4))).T.tolist())
sums = np.zeros((64, 3))
np.add.at(sums, codes.ravel(), image.reshape(-1, 3))
colours = sums[common] / how_many[np.searchsorted(found, common)][:, None]
show("colours", np.round(colours, 1))
one_hot = np.eye(64, dtype=bool)[codes[:16, :16]]
show("one-hot", one_hot.shape, one_hot.sum(), one_hot.any(axis=(0, 1)).sum())
ranked = np.argsort(image, axis=-1, kind="stable")
strongest = np.take_along_axis(image, ranked[..., -1:], axis=-1)[..., 0]
show("strongest", np.array_equal(strongest, image.max(axis=-1)), np.bincount(ranked[..., -1].ravel()))

# 11. Tiles: smaller, larger, a contact sheet.
tiles = image.reshape(8, 16, 8, 16, 3).swapaxes(1, 2)
small = np.round(tiles.mean(axis=(2, 3))).astype(np.uint8)
large = small.repeat(2, axis=0).repeat(2, axis=1)
order = np.argsort(small.reshape(-1, 3).sum(axis=1), kind="stable")
sheet = np.concatenate([tiles.reshape(-1, 16, 16, 3)[order[:4]].reshape(64, 16, 3), tiles[0, :4].reshape(64, 16, 3)], axis=1)
quarters = np.block([[small, small[:, ::-1]], [small[::-1], small[::-1, ::-1]]])
show("tiles", tiles.shape, tiles.strides, np.shares_memory(tiles, image))
show("small", small[0, :4].tolist(), large.shape, sheet.shape, quarters.shape)
show("darkest and brightest", order[:3], order[-3:])
rolled = np.roll(small, (1, -2), axis=(0, 1))
lower, upper = np.tril(small[..., 0]), np.triu(small[..., 0], k=1)
show("rolled", np.array_equal(rolled[1:, :-2], small[:-1, 2:]), np.array_equal(lower + upper, small[..., 0]))
bits = np.packbits(bright, axis=1)
show("bits", bits.shape, np.array_equal(np.unpackbits(bits, axis=1).astype(bool), bright))

# 12. How the channels hang together, and back from a file.
show("correlation", np.corrcoef(image.reshape(-1, 3), rowvar=False))
file = io.BytesIO()
np.savez_compressed(file, batch=ready, mask=bits, palette=colours)
file.seek(0)
stored = np.load(file)
show("stored", sorted(stored.files), np.array_equal(stored["batch"], planes), stored["mask"].dtype.itemsize)
