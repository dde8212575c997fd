/**
 * A photograph through OpenCV.js and an ONNX model into a picture file. Each hand-over says whether it copied, and why.
 * Run with `npx tsx examples/photo-pipeline.ts [picture.png]`; it needs @techstark/opencv-js, onnxruntime-node and pngjs.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import cv from "@techstark/opencv-js";
import * as np from "ndview";
import { fromPng, toPng } from "ndview/interop/images";
import { onnx } from "ndview/interop/onnx";
import { type CvMat, opencv } from "ndview/interop/opencv";
import * as ort from "onnxruntime-node";
import { PNG } from "pngjs";

const samples = new URL("../samples/", import.meta.url);
const { toMat, viewMat } = await opencv();
const { toTensor, run } = onnx(ort);

/** Hands something over without a copy, or says why that cannot be and copies. */
function handOver<T>(what: string, give: (options: { copy: boolean }) => T): T {
  try {
    const given = give({ copy: false });
    console.log(`  ${what}: lent`);
    return given;
  } catch (error) {
    if (!np.isNdError(error, "value")) throw error;
    console.log(`  ${what}: copied, ${error.message.replace(/.*copy is false: /, "")}`);
    return give({ copy: true });
  }
}

// OpenCV's types want its own class where any matrix will do.
const mat = (one: CvMat) => one as unknown as InstanceType<typeof cv.Mat>;
const matrices: { delete(): void }[] = [];
const kept = <M extends { delete(): void }>(one: M): M => {
  matrices.push(one);
  return one;
};

// 1. The photograph, and views of it.
const photo = np.loadSync(new URL("astronaut.npy", samples)) as np.NDArray<"uint8">;
const views = { "as it is": photo, mirrored: photo.slice(":", "::-1"), turned: photo.swapaxes(0, 1) };
console.log(`photograph ${photo.shape.join(" x ")} ${photo.dtype.name}`);

// 2. OpenCV makes each of them larger. What it makes is looked at where it lies, in OpenCV's memory.
console.log("OpenCV makes them larger");
const large = Object.entries(views).map(([name, view]) => {
  const source = kept(handOver(name, (options) => toMat(view, options)));
  const target = kept(new cv.Mat());
  cv.resize(mat(source), target, new cv.Size(256, 256), 0, 0, cv.INTER_LINEAR);
  return viewMat(target as never) as np.NDArray<"uint8">;
});

// 3. A window of what lies in OpenCV's memory is a matrix without a copy: a blur of it shows in the picture around it.
console.log("OpenCV blurs the middle, and finds edges");
const blurred = large[0]!;
const window = kept(handOver("the middle", (options) => toMat(blurred.slice("40:120", "80:176"), options)));
cv.GaussianBlur(mat(window), mat(window), new cv.Size(21, 21), 7);
const grey = kept(new cv.Mat());
const edges = kept(new cv.Mat());
const upright = kept(handOver("turned back", (options) => toMat(large[2]!.swapaxes(0, 1), options)));
cv.cvtColor(mat(upright), grey, cv.COLOR_RGB2GRAY);
cv.Canny(grey, edges, 80, 160);
const outline = viewMat(edges as never) as np.NDArray<"uint8">;

// 4. The model takes channels first. The output goes into an array of ours, which is channels last for everybody else.
console.log("a model sharpens two of them");
const batch = np.stack(large.slice(1)).astype("float32");
const planes = batch.transpose(0, 3, 1, 2);
handOver("channels first", (options) => toTensor(planes, options));
const sharp = np.zeros(planes.shape, "float32");
handOver("the array for its output", (options) => toTensor(sharp, options));
const session = await ort.InferenceSession.create(
  new Uint8Array(readFileSync(new URL("sharpen.onnx", samples))),
);
const { brightness } = await run(session as never, { images: planes }, { pictures: sharp });
const pictures = sharp.transpose(0, 2, 3, 1).astype("uint8");
console.log(`  brightness ${np.round(brightness!).ravel().data.join(" and ")}`);

// 5. Four pictures side by side, with an opaque fourth channel, as PNG.
console.log("the picture is written");
const sheet = np.full([512, 512, 4], 255, "uint8");
sheet.set([":256", ":256", ":3"], blurred);
sheet.set([":256", "256:", ":3"], pictures.slice(0));
sheet.set(["256:", ":256", ":3"], outline.slice(":", ":", null));
sheet.set(["256:", "256:", ":3"], pictures.slice(1));
const png = handOver("four pictures", (options) => toPng(sheet, PNG as never, options));
const path = process.argv[2] ?? join(tmpdir(), "ndview-photo-pipeline.png");
writeFileSync(path, PNG.sync.write(png as never));
for (const one of matrices) one.delete();

const read = fromPng(PNG.sync.read(readFileSync(path) as never) as never);
console.log(`  read again: ${read.shape.join(" x ")}, the same: ${np.arrayEqual(read, sheet)}`);
const means = [":256", "256:"].flatMap((rows) =>
  [":256", "256:"].map((columns) =>
    Math.round(Number(np.mean(read.slice(rows as ":", columns as ":", ":3")))),
  ),
);
console.log(`  means of the four: ${means.join(", ")}`);
