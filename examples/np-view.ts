/**
 * Four short programs about views: what shares memory, what an array consists of, what a transpose really is, and
 * when a copy is needed. Run with `npx tsx examples/np-view.ts`.
 */
import * as np from "ndview";

const inputImage = np.array(
  [
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [9, 10, 11, 12],
  ],
  "int64",
);
const reversed = inputImage.slice(":", "::-1");

console.log("1. Sharing");
console.log("image and reversed:", np.mayShareMemory(inputImage, reversed));
console.log("image and a contiguous copy:", np.mayShareMemory(inputImage, np.ascontiguousarray(reversed)));
console.log("image and its transpose:", np.mayShareMemory(inputImage, inputImage.T));
reversed.set([0, 0], 40n);
inputImage.T.set([0, 1], 50n);
console.log(`written through both:\n${inputImage}`);
inputImage.set([0, 3], 4n);
inputImage.set([1, 0], 5n);

console.log("\n2. The four parts of an array");
console.log(String(inputImage));
console.log("strides:", inputImage.strides);
console.log("shape:", inputImage.shape);
console.log("dtype:", String(inputImage.dtype));
console.log("data buffer:", String(np.asarray(inputImage.data)));

console.log("\n3. A transpose moves nothing");
const transposed = inputImage.T;
console.log(String(transposed));
console.log("strides:", transposed.strides);
console.log("shape:", transposed.shape);
console.log(`the next row is ${transposed.strides[0]} bytes away: it was the next column`);
console.log(`the next column is ${transposed.strides[1]} bytes away: it was the next row`);

console.log("\n4. Contiguity");
console.log("reversed is C-contiguous:", reversed.flags["C_CONTIGUOUS"]);
try {
  sumOfContiguous(reversed.data);
} catch (error) {
  console.log(String(error));
}
const contiguous = np.ascontiguousarray(reversed);
console.log("its contiguous copy is C-contiguous:", contiguous.flags["C_CONTIGUOUS"]);
console.log("first row and sum, as a plain function sees them:", sumOfContiguous(contiguous.data));

/** Stands for any code that takes a typed array and knows nothing of strides. */
function sumOfContiguous(elements: BigInt64Array): string {
  const sum = elements.reduce((total, element) => total + element, 0n);
  return `${elements.slice(0, 4).join(" ")}, ${sum}`;
}
