// Makes samples/seattle-weather.npy from samples/seattle-weather.csv, and the model samples/sharpen.onnx.
import { readFileSync, writeFileSync } from "node:fs";
import { array, saveSync } from "../src/index.ts";
import { sharpenModel } from "../test/interop/onnx-models.ts";

const folder = new URL("../samples/", import.meta.url);

/** One row a day: precipitation, highest and lowest temperature, wind. */
export function weather(): number[][] {
  const lines = readFileSync(new URL("seattle-weather.csv", folder), "utf8").trim().split("\n");
  return lines.slice(1).map((line) => line.split(",").slice(1, 5).map(Number));
}

if (process.argv[1]?.endsWith("samples.ts")) {
  saveSync(new URL("seattle-weather.npy", folder), array(weather(), "float64"));
  writeFileSync(new URL("sharpen.onnx", folder), sharpenModel());
}
