/**
 * A Zarr store of days of temperatures on a grid: views are written into it, parts of it read into views, and all of it
 * reduced chunk by chunk, as it would be if it were larger than memory.
 * Run with `npx tsx examples/zarr-store.ts [folder]`; it needs zarrita and @zarrita/storage.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import FileSystemStore from "@zarrita/storage/fs";
import * as np from "ndview";
import { zarr } from "ndview/interop/zarr";
import * as zarrita from "zarrita";

const { read, readInto, write, chunks } = zarr(zarrita as never);
const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), "ndview-zarr-store-"));

// 1. A store on disk: 30 days, 60 rows and 80 columns in chunks of 10 x 30 x 40, within a chunk in F order.
const [days, rows, columns] = [30, 60, 80];
const store = new FileSystemStore(join(folder, "temperatures.zarr"));
await zarrita.create(
  store as never,
  {
    shape: [days, rows, columns],
    chunkShape: [10, 30, 40],
    dtype: "float32",
    fillValue: 0,
    codecs: [
      { name: "transpose", configuration: { order: [2, 1, 0] } },
      { name: "bytes", configuration: { endian: "little" } },
    ],
  } as never,
);
const stored = (await zarrita.open(store as never, { kind: "array" })) as never as Parameters<typeof read>[0];
console.log(
  `store of ${stored.shape.join(" x ")} in chunks of ${stored.chunks.join(" x ")}, ${stored.dtype}`,
);

// 2. What is written may be any view: columns first here, which goes along as it lies; rows from south to north do not.
const [day, row, column] = np.ogrid(`0:${days}`, `0:${rows}`, `0:${columns}`) as np.NDArray[];
const field = np.add(np.add(np.multiply(day!, 0.5), np.multiply(row!, -0.25)), np.multiply(column!, 0.125));
const columnsFirst = field.transpose(2, 1, 0).astype("float32", { order: "C" });
await write(stored, [], columnsFirst.transpose(2, 1, 0), { copy: false });
console.log("columns first: written as it lies");
const southFirst = field.slice(":", "::-1").astype("float32", { order: "C" });
try {
  await write(stored, ["15:"], southFirst.slice("15:", "::-1"), { copy: false });
} catch (error) {
  if (!np.isNdError(error, "value")) throw error;
  console.log(`south first: copied, ${error.message.replace(/.*copy is false: /, "")}`);
  await write(stored, ["15:"], southFirst.slice("15:", "::-1"));
}

// 3. Parts are read: forwards, backwards, with steps; and into a view of an array that is there already.
const morning = await read(stored, 0, "::20", "::-40");
console.log(`day 0, some rows, columns from the end: ${JSON.stringify(morning.tolist())}`);
const sheet = np.zeros([2, 60, 160]);
const half = sheet.slice(":", "::-1", "1::2");
await readInto(half, stored, "::20");
console.log(`two days in every second column, upside down: ${np.arrayEqual(half, field.slice("::20"))}`);
console.log(`  the columns between are left alone: ${!sheet.slice("...", "::2").any()}`);

// 4. All of it, chunk by chunk: sums for each day, and the warmest place, with a bar.
const sums = np.zeros(days);
let warmest = { value: Number.NEGATIVE_INFINITY, place: "" };
const bar = (done: number, total: number) =>
  `[${"#".repeat(done)}${".".repeat(total - done)}] ${done}/${total}`;
const onProgress = ({ done, total }: { done: number; total: number }) => {
  if (process.stdout.isTTY) process.stdout.write(`\r${bar(done, total)}${done === total ? "\n" : ""}`);
  else if (done % 4 === 0) console.log(bar(done, total));
};
for await (const { index, values } of chunks(stored, { onProgress })) {
  sums.slice(index[0]!).iadd(values.astype("float64").sum([1, 2]) as np.NDArray);
  const [value, at] = [Number(values.max()), values.argmax() as number];
  if (value > warmest.value) {
    const inside = np.unravelIndex(at, values.shape).map(Number);
    const start = index.map((part) => Number.parseInt(String(part), 10));
    warmest = { value, place: start.map((one, k) => one + inside[k]!).join(", ") };
  }
}
const means = sums.divide(rows * columns);
console.log(`means of the first days: ${JSON.stringify(means.slice(":4").tolist())}`);
console.log(`  as of the whole array: ${np.allclose(means, field.mean([1, 2]) as np.NDArray)}`);
console.log(`warmest: ${warmest.value} at (${warmest.place})`);
if (process.argv[2] === undefined) rmSync(folder, { recursive: true });
