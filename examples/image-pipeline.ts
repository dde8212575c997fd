/**
 * An image pipeline, ported line by line from image-pipeline.py: it prints the same.
 * Run with `npx tsx examples/image-pipeline.ts`.
 */
import * as np from "ndview";

np.setPrintoptions({ precision: 4, suppress: true, linewidth: 100 });

function show(title: string, ...values: unknown[]): void {
  console.log(`${title}:`, ...values.map((value) => python(value)));
}

/** As Python prints it: a whole number or a list of them is of ints here. */
function python(value: unknown): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return value;
  const whole = [value].flat(3).every((part) => Number.isInteger(part));
  return String(np.array(value as np.ArrayInput, whole ? "int32" : null));
}

// 1. Load, crop, flip, reorder: views of one buffer.
const image = np.loadSync(new URL("../samples/astronaut.npy", import.meta.url)) as np.NDArray<"uint8">;
show("image", image.shape, image.min(), image.max());
const face = image.slice("8:72", "32:96");
const mirrored = face.slice(":", "::-1");
const upsideDown = np.flipud(face);
const turned = np.rot90(face, 1);
const bgr = face.slice("...", "::-1");
const swapped = face.gather(":", ":", [2, 1, 0]);
show("crop strides", face.strides, mirrored.strides, turned.strides);
show(
  "reordered the same",
  np.arrayEqual(bgr, swapped),
  np.sharesMemory(bgr, image),
  np.sharesMemory(swapped, image),
);
show(
  "corner",
  mirrored.slice(0, ":3").tolist(),
  upsideDown.slice(-1, 0),
  turned.slice(0, 0),
  bgr.slice(0, -1),
);

// 2. Grey, by the weights of Rec. 601.
const weights = np.array([299, 587, 114], "int64");
const grey = image.matmul(weights).add(500).floorDivide(1000).astype("uint8");
show("grey", grey.shape, grey.dtype.itemsize, grey.mean(), np.array(np.median(grey), "float64"));
show("percentiles", np.percentile(grey, [1, 25, 50, 75, 99]));

// 3. Histogram equalisation through a table.
const counts = np.bincount(grey.ravel(), { minlength: 256 });
const cdf = counts.cumsum();
const lowest = cdf.gather(cdf.greater(0)).min();
const table = np
  .round(
    cdf
      .subtract(lowest)
      .divide(BigInt(grey.size) - BigInt(lowest))
      .multiply(255),
  )
  .clip(0, 255)
  .astype("uint8");
const equal = table.gather(grey);
const [barsBefore, edges] = np.histogram(grey, 8, { range: [0, 256] });
const [barsAfter] = np.histogram(equal, 8, { range: [0, 256] });
show("edges", edges);
show("bars", barsBefore, barsAfter);
show("spread", np.ptp(grey), np.ptp(equal), np.countNonzero(counts), np.unique(equal).size);

// 4. Otsu's threshold: the largest variance between two classes.
const levels = np.arange(256);
const mass = np.cumsum(counts).divide(counts.sum());
const moment = np.cumsum(counts.multiply(levels)).divide(counts.sum());
const inside = np.logicalAnd(mass.greater(0), mass.less(1));
const between = np.zeros(256);
np.divide(np.square(mass.multiply(moment.at(-1)).subtract(moment)), mass.multiply(np.subtract(1, mass)), {
  out: between,
  where: inside,
});
const threshold = np.argmax(between);
const bright = grey.greater(threshold);
show("threshold", threshold, bright.sum(), np.round(bright.mean(), 4));

// 5. Statistics under the mask, and writing through it.
show("mean where bright", image.gather(bright).mean(0), "elsewhere", image.gather(np.invert(bright)).mean(0));
const [rows, columns] = np.nonzero(bright) as [np.NDArray<"int32">, np.NDArray<"int32">];
show("box", [rows.min(), columns.min(), rows.max(), columns.max()]);
const marked = image.copy();
marked.set(bright, [255, 0, 0]);
const elsewhere = np.invert(bright);
marked.set([elsewhere, 1], marked.gather(elsewhere, 1).floorDivide(2));
show("marked", marked.reshape(-1, 3).mean(0));
const levelled = np.where(bright, grey, np.minimum(grey, 40));
show("levelled", levelled.min(), levelled.max(), levelled.dtype.itemsize);
show("brightest", np.argwhere(grey.equal(grey.max())).slice(":3").tolist());

// 6. Normalise each channel for a network.
const x = image.astype("float32").divide(255);
const mean = x.mean([0, 1]);
const std = x.std([0, 1]);
const normal = x.subtract(mean).divide(std);
show("channels", np.round(mean, 3), np.round(std, 3));
show("normal", np.abs(np.round(normal.mean([0, 1]), 3)), np.round(normal.std([0, 1]), 3));

// 7. Pad and make a batch of views: NHWC to NCHW.
const padded = np.pad(
  normal,
  [
    [2, 2],
    [2, 2],
    [0, 0],
  ],
  "reflect",
);
const batch = np.stack([padded, padded.slice(":", "::-1"), padded.slice("::-1"), padded.swapaxes(0, 1)]);
const planes = batch.transpose(0, 3, 1, 2);
const ready = np.ascontiguousarray(planes);
show("batch", batch.shape, planes.shape, planes.flags.cContiguous, ready.flags.cContiguous);
show(
  "border",
  np.arrayEqual(padded.slice(0), padded.slice(4)),
  np.arrayEqual(padded.slice(":", 1), padded.slice(":", 3)),
);
const constant = np.pad(grey, 1, "constant", { constantValues: 255 });
const edge = np.pad(
  grey,
  [
    [0, 3],
    [1, 0],
  ],
  "edge",
);
show("padded", constant.sum(), edge.shape, edge.slice(-1, ":4"));

// 8. Windows: blur, median, gradient, without a loop.
const windows = np.slidingWindowView(np.pad(grey, 1, "edge"), [3, 3]);
const blurred = windows.mean([2, 3]);
const middle = np.median(windows, [2, 3]).astype("uint8");
const kernel = np.array([
  [-1, 0, 1],
  [-2, 0, 2],
  [-1, 0, 1],
]);
const gx = np.einsum("ijkl,kl->ij", windows.astype("float64"), kernel);
const gy = np.einsum("ijkl,kl->ij", windows.astype("float64"), kernel.T);
const slope = np.hypot(gx, gy);
show("blur", np.round(blurred.slice(":2", ":4"), 2));
show("median", middle.slice(40, "40:48"), middle.sum());
show("gradient", np.round(slope.max(), 3), np.unravelIndex(slope.argmax(), slope.shape));
const angle = np.remainder(np.degrees(np.arctan2(gy, gx)), 180);
const directions = np.digitize(angle.gather(slope.greater(200)), [45, 90, 135]);
show("directions", np.bincount(directions, { minlength: 4 }));
const peaks = np.logicalAnd(grey.equal(windows.max([2, 3])), grey.greater(220));
show("peaks", peaks.sum(), np.flatnonzero(peaks).slice(":5"));

// 9. Connected parts: labels spread to their neighbours until nothing changes.
let labels = np.where(slope.greater(250), np.arange(1, slope.size + 1, 1, "int32").reshape(slope.shape), 0);
for (;;) {
  const grown = np.pad(labels, 1);
  const spread = labels.copy();
  const shifts = [
    grown.slice(":-2", "1:-1"),
    grown.slice("2:", "1:-1"),
    grown.slice("1:-1", ":-2"),
    grown.slice("1:-1", "2:"),
  ];
  for (const shift of shifts) np.maximum(spread, shift, { out: spread, where: labels.greater(0) });
  if (np.arrayEqual(spread, labels)) break;
  labels = spread;
}
const [names, which, sizes] = np.unique(labels.gather(labels.greater(0)), {
  returnInverse: true,
  returnCounts: true,
});
const largest = np.argsort(sizes.negative(), { kind: "stable" }).slice(":4");
show("parts", names.size, sizes.gather(largest), which.max());
const spots = np.argwhere(labels.equal(names.at(largest.at(0))));
show("largest", spots.min(0), spots.max(0), np.round(spots.mean(0), 2));

// 10. A palette: quantise, count the colours, one-hot, the mean of each class.
const steps = np.array([64, 128, 192]);
const indices = np.searchsorted(steps, image, { side: "right" });
const codes = np.ravelMultiIndex(
  [indices.slice("...", 0), indices.slice("...", 1), indices.slice("...", 2)],
  [4, 4, 4],
);
const [found, howMany] = np.unique(codes, { returnCounts: true });
const common = found.gather(np.lexsort([found, howMany.negative()])).slice(":5");
show("palette", found.size, common, np.array(np.unravelIndex(common, [4, 4, 4])).T.tolist());
const sums = np.zeros([64, 3]);
np.add.at(sums, codes.ravel(), image.reshape(-1, 3));
const colours = sums.gather(common).divide(howMany.gather(np.searchsorted(found, common)).slice(":", null));
show("colours", np.round(colours, 1));
const oneHot = np.eye(64, { dtype: "bool" }).gather(codes.slice(":16", ":16"));
show("one-hot", oneHot.shape, oneHot.sum(), oneHot.any([0, 1]).sum());
const ranked = np.argsort(image, { axis: -1, kind: "stable" });
const strongest = np.takeAlongAxis(image, ranked.slice("...", "-1:"), -1).slice("...", 0);
show("strongest", np.arrayEqual(strongest, image.max(-1)), np.bincount(ranked.slice("...", -1).ravel()));

// 11. Tiles: smaller, larger, a contact sheet.
const tiles = image.reshape(8, 16, 8, 16, 3).swapaxes(1, 2);
const small = np.round(tiles.mean([2, 3])).astype("uint8");
const large = small.repeat(2, 0).repeat(2, 1);
const order = np.argsort(small.reshape(-1, 3).sum(1), { kind: "stable" });
const darkest = tiles.reshape(-1, 16, 16, 3).gather(order.slice(":4"));
const sheet = np.concatenate([darkest.reshape(64, 16, 3), tiles.slice(0, ":4").reshape(64, 16, 3)], 1);
const quarters = np.block([
  [small, small.slice(":", "::-1")],
  [small.slice("::-1"), small.slice("::-1", "::-1")],
]);
show("tiles", tiles.shape, tiles.strides, np.sharesMemory(tiles, image));
show("small", small.slice(0, ":4").tolist(), large.shape, sheet.shape, quarters.shape);
show("darkest and brightest", order.slice(":3"), order.slice("-3:"));
const rolled = np.roll(small, [1, -2], [0, 1]);
const lower = np.tril(small.slice("...", 0));
const upper = np.triu(small.slice("...", 0), 1);
show(
  "rolled",
  np.arrayEqual(rolled.slice("1:", ":-2"), small.slice(":-1", "2:")),
  np.arrayEqual(lower.add(upper), small.slice("...", 0)),
);
const bits = np.packbits(bright, 1);
show("bits", bits.shape, np.arrayEqual(np.unpackbits(bits, 1).astype("bool"), bright));

// 12. How the channels hang together, and back from a file.
show("correlation", np.corrcoef(image.reshape(-1, 3), null, { rowvar: false }));
const file = np.npzBytes({ batch: ready, mask: bits, palette: colours });
const stored = np.loadSync(file) as np.NpzFile;
show(
  "stored",
  `['${[...stored.files].sort().join("' '")}']`,
  np.arrayEqual(stored.get("batch"), planes),
  stored.get("mask").dtype.itemsize,
);
