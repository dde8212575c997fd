/** Runs with --expose-gc and says how often the file that it is given is mapped after each step. */
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import * as np from "../../src/index.ts";

const path = process.argv[2]!;
writeFileSync(path, new Uint8Array(100_000).fill(7));

const mapped = () =>
  readFileSync("/proc/self/maps", "utf8")
    .split("\n")
    .filter((line) => line.includes(path)).length;

async function collect(): Promise<number> {
  for (let k = 0; k < 4; k++) {
    (globalThis as { gc?: () => void }).gc!();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return mapped();
}

async function cycles(): Promise<void> {
  for (let k = 0; k < 10_000; k++) {
    const a = np.memmap(path, { offset: k % 5000 });
    if (a.at(0) !== 7) throw new Error("another file");
    a.set(3, 7);
    if (k % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

const kept: Uint8Array[] = [];
const said: Record<string, unknown> = {};
await cycles();
said["cycles"] = await collect();
kept.push(np.memmap(path).slice("5:").data as Uint8Array);
said["byData"] = await collect();
said["first"] = kept.pop()![0];
truncateSync(path, 9 * 2 ** 30);
kept.push(np.memmap(path, { mode: "r" }).slice("-10:").data as Uint8Array);
said["wideByData"] = await collect();
said["wideFirst"] = kept.pop()![0];
said["end"] = await collect();
truncateSync(path, 100_000);
said["whole"] = readFileSync(path).every((value) => value === 7);
console.log(JSON.stringify(said));
