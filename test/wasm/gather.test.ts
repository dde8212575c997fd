import assert from "node:assert/strict";
import { test } from "node:test";
import { gatherGrid, scatterGrid, type Width } from "../../src/wasm/gather.ts";
import { heap, region } from "../../src/wasm/memory.ts";
import { Dice } from "../layout/model.ts";

const FROM = region(1 << 18);
const TO = region(1 << 17);
const SIDE = 1 << 17;
const WIDTHS: readonly Width[] = [1, 2, 4, 8, 16];

/** What should be there, by the formula. */
function expected(
  before: Uint8Array,
  w: number,
  rows: number,
  cols: number,
  at: number,
  rs: number,
  cs: number,
  pitch: number,
) {
  const wanted = before.slice();
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) {
      for (let b = 0; b < w; b++) wanted[r * pitch + c * w + b] = heap.u8[FROM + at + r * rs + c * cs + b]!;
    }
  }
  return wanted;
}

function check(
  width: Width,
  rows: number,
  cols: number,
  rowStep: number,
  colStep: number,
  gap: number,
): void {
  const reach = (n: number, step: number) => Math.max(0, -(n - 1) * step);
  const at = 64 + reach(rows, rowStep) + reach(cols, colStep);
  const pitch = cols * width + gap;
  heap.u8.fill(0xee, TO, TO + rows * pitch + 64);
  const wanted = expected(
    heap.u8.slice(TO, TO + rows * pitch + 64),
    width,
    rows,
    cols,
    at,
    rowStep,
    colStep,
    pitch,
  );
  gatherGrid(width, rows, cols, FROM + at, rowStep, colStep, TO, pitch);
  const found = heap.u8.slice(TO, TO + rows * pitch + 64);
  const same = Buffer.from(found.buffer).equals(Buffer.from(wanted.buffer));
  assert.ok(same, `width ${width}, ${rows} by ${cols}, steps ${rowStep} ${colStep}, gap ${gap}`);
}

function fillSource(): void {
  const dice = new Dice(5);
  for (let k = 0; k < 2 * SIDE; k++) heap.u8[FROM + k] = dice.int(0, 255);
}

test("a grid arrives in rows, whatever its steps, and nothing else is written", () => {
  fillSource();
  for (const width of WIDTHS) {
    const steps = [0, 1, -1, 2, -2, 3, 5, 40, -40].map((k) => k * width);
    for (const [rows, cols] of [
      [1, 1],
      [1, 7],
      [3, 16],
      [5, 33],
      [16, 16],
      [17, 35],
      [40, 3],
      [32, 64],
    ] as const) {
      for (const rowStep of [...steps, width + 1, 501]) {
        for (const colStep of [...steps, width + 1]) {
          for (const gap of [0, 5]) check(width, rows, cols, rowStep, colStep, gap);
        }
      }
    }
  }
});

test("grids that are turned, of every size around a square", () => {
  fillSource();
  for (const width of WIDTHS) {
    for (let rows = 0; rows < 36; rows += 5) {
      for (let cols = 0; cols < 36; cols += 3) check(width, rows, cols, width, 36 * width + 3, 0);
    }
  }
});

test("rows go out to a grid, whatever its steps, and nothing else is written", () => {
  fillSource();
  for (const width of WIDTHS) {
    for (const [rows, cols] of [
      [1, 1],
      [2, 3],
      [3, 8],
      [4, 13],
      [0, 4],
      [3, 0],
    ] as const) {
      for (const colStep of [width, -width, 2 * width, -3 * width, width + 1, 5 * width]) {
        // Either axis may be the inner one.
        for (const rowStep of [14 * colStep, -14 * colStep, 70 * colStep + 1]) {
          checkScatter(width, rows, cols, rowStep, colStep);
        }
      }
      checkScatter(width, rows, cols, width, 5 * width);
    }
  }
});

function checkScatter(width: Width, rows: number, cols: number, rowStep: number, colStep: number): void {
  const at = SIDE / 2;
  const pitch = cols * width + 7;
  heap.u8.fill(0xee, TO, TO + SIDE);
  const wanted = heap.u8.slice(TO, TO + SIDE);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) {
      for (let b = 0; b < width; b++) {
        wanted[at + r * rowStep + c * colStep + b] = heap.u8[FROM + r * pitch + c * width + b]!;
      }
    }
  }
  scatterGrid(width, rows, cols, FROM, pitch, TO + at, rowStep, colStep);
  const same = Buffer.from(heap.u8.buffer, TO, SIDE).equals(wanted);
  assert.ok(same, `width ${width}, ${rows} by ${cols}, steps ${rowStep} ${colStep}`);
}
