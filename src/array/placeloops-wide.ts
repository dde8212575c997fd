/** The loops for lanes of 4 and 8 bytes. See placeloops.ts. */

import type { PlaceLine, PlaceLoops } from "./placeloops.ts";

function pick32(placed: Int32Array, other: Int32Array, list: Int32Array, line: PlaceLine): void {
  const first = line.first;
  const end = first + line.n;
  const step = line.step;
  const gap = line.gap;
  const base = line.base | 0;
  let q = line.at | 0;
  let k = first;
  if (step === 1 && gap === 1) {
    for (; k + 7 < end; k += 8) {
      other[q] = placed[(base + list[k]!) | 0]!;
      other[q + 1] = placed[(base + list[k + 1]!) | 0]!;
      other[q + 2] = placed[(base + list[k + 2]!) | 0]!;
      other[q + 3] = placed[(base + list[k + 3]!) | 0]!;
      other[q + 4] = placed[(base + list[k + 4]!) | 0]!;
      other[q + 5] = placed[(base + list[k + 5]!) | 0]!;
      other[q + 6] = placed[(base + list[k + 6]!) | 0]!;
      other[q + 7] = placed[(base + list[k + 7]!) | 0]!;
      q = (q + 8) | 0;
    }
  }
  for (; k + 7 < end; k += 8) {
    other[q] = placed[(base + Math.imul(list[k]!, step)) | 0]!;
    q = (q + gap) | 0;
    other[q] = placed[(base + Math.imul(list[k + 1]!, step)) | 0]!;
    q = (q + gap) | 0;
    other[q] = placed[(base + Math.imul(list[k + 2]!, step)) | 0]!;
    q = (q + gap) | 0;
    other[q] = placed[(base + Math.imul(list[k + 3]!, step)) | 0]!;
    q = (q + gap) | 0;
    other[q] = placed[(base + Math.imul(list[k + 4]!, step)) | 0]!;
    q = (q + gap) | 0;
    other[q] = placed[(base + Math.imul(list[k + 5]!, step)) | 0]!;
    q = (q + gap) | 0;
    other[q] = placed[(base + Math.imul(list[k + 6]!, step)) | 0]!;
    q = (q + gap) | 0;
    other[q] = placed[(base + Math.imul(list[k + 7]!, step)) | 0]!;
    q = (q + gap) | 0;
  }
  for (; k < end; k++) {
    other[q] = placed[(base + Math.imul(list[k]!, step)) | 0]!;
    q = (q + gap) | 0;
  }
}

function pickRuns32(placed: Int32Array, other: Int32Array, list: Int32Array, line: PlaceLine): void {
  const first = line.first;
  const end = first + line.n;
  const step = line.step;
  const gap = line.gap;
  const base = line.base | 0;
  let q = line.at | 0;
  let k = first;
  const run = line.run;
  for (; k < end; k++) {
    const p = (base + Math.imul(list[k]!, step)) | 0;
    if (run === 2) {
      other[q] = placed[p]!;
      other[q + 1] = placed[p + 1]!;
    } else if (run === 3) {
      other[q] = placed[p]!;
      other[q + 1] = placed[p + 1]!;
      other[q + 2] = placed[p + 2]!;
    } else {
      let j = 0;
      for (; j + 3 < run; j += 4) {
        other[q + j] = placed[p + j]!;
        other[q + j + 1] = placed[p + j + 1]!;
        other[q + j + 2] = placed[p + j + 2]!;
        other[q + j + 3] = placed[p + j + 3]!;
      }
      for (; j < run; j++) other[q + j] = placed[p + j]!;
    }
    q = (q + gap) | 0;
  }
}

function put32(placed: Int32Array, other: Int32Array, list: Int32Array, line: PlaceLine): void {
  const first = line.first;
  const end = first + line.n;
  const step = line.step;
  const gap = line.gap;
  const base = line.base | 0;
  let q = line.at | 0;
  let k = first;
  if (step === 1 && gap === 0) {
    const element = other[q]!;
    for (; k + 7 < end; k += 8) {
      placed[(base + list[k]!) | 0] = element;
      placed[(base + list[k + 1]!) | 0] = element;
      placed[(base + list[k + 2]!) | 0] = element;
      placed[(base + list[k + 3]!) | 0] = element;
      placed[(base + list[k + 4]!) | 0] = element;
      placed[(base + list[k + 5]!) | 0] = element;
      placed[(base + list[k + 6]!) | 0] = element;
      placed[(base + list[k + 7]!) | 0] = element;
    }
  }
  for (; k + 7 < end; k += 8) {
    placed[(base + Math.imul(list[k]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
    placed[(base + Math.imul(list[k + 1]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
    placed[(base + Math.imul(list[k + 2]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
    placed[(base + Math.imul(list[k + 3]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
    placed[(base + Math.imul(list[k + 4]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
    placed[(base + Math.imul(list[k + 5]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
    placed[(base + Math.imul(list[k + 6]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
    placed[(base + Math.imul(list[k + 7]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
  }
  for (; k < end; k++) {
    placed[(base + Math.imul(list[k]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
  }
}

function putRuns32(placed: Int32Array, other: Int32Array, list: Int32Array, line: PlaceLine): void {
  const first = line.first;
  const end = first + line.n;
  const step = line.step;
  const gap = line.gap;
  const base = line.base | 0;
  let q = line.at | 0;
  let k = first;
  const run = line.run;
  for (; k < end; k++) {
    const p = (base + Math.imul(list[k]!, step)) | 0;
    if (run === 2) {
      placed[p] = other[q]!;
      placed[p + 1] = other[q + 1]!;
    } else if (run === 3) {
      placed[p] = other[q]!;
      placed[p + 1] = other[q + 1]!;
      placed[p + 2] = other[q + 2]!;
    } else {
      let j = 0;
      for (; j + 3 < run; j += 4) {
        placed[p + j] = other[q + j]!;
        placed[p + j + 1] = other[q + j + 1]!;
        placed[p + j + 2] = other[q + j + 2]!;
        placed[p + j + 3] = other[q + j + 3]!;
      }
      for (; j < run; j++) placed[p + j] = other[q + j]!;
    }
    q = (q + gap) | 0;
  }
}

function beside32(placed: Int32Array, other: Int32Array, list: Int32Array, line: PlaceLine): void {
  const first = line.first;
  const end = first + line.n;
  const step = line.step;
  const gap = line.gap;
  const run = line.run;
  const base = line.base | 0;
  const at = line.at | 0;
  for (let k = first; k < end; k++) {
    const p = (base + Math.imul(list[k]!, step)) | 0;
    const q = (at + Math.imul(list[k]!, gap)) | 0;
    for (let j = 0; j < run; j++) placed[p + j] = other[q + j]!;
  }
}

function pick64(placed: BigUint64Array, other: BigUint64Array, list: Int32Array, line: PlaceLine): void {
  const first = line.first;
  const end = first + line.n;
  const step = line.step;
  const gap = line.gap;
  const base = line.base | 0;
  let q = line.at | 0;
  let k = first;
  if (step === 1 && gap === 1) {
    for (; k + 7 < end; k += 8) {
      other[q] = placed[(base + list[k]!) | 0]!;
      other[q + 1] = placed[(base + list[k + 1]!) | 0]!;
      other[q + 2] = placed[(base + list[k + 2]!) | 0]!;
      other[q + 3] = placed[(base + list[k + 3]!) | 0]!;
      other[q + 4] = placed[(base + list[k + 4]!) | 0]!;
      other[q + 5] = placed[(base + list[k + 5]!) | 0]!;
      other[q + 6] = placed[(base + list[k + 6]!) | 0]!;
      other[q + 7] = placed[(base + list[k + 7]!) | 0]!;
      q = (q + 8) | 0;
    }
  }
  for (; k + 7 < end; k += 8) {
    other[q] = placed[(base + Math.imul(list[k]!, step)) | 0]!;
    q = (q + gap) | 0;
    other[q] = placed[(base + Math.imul(list[k + 1]!, step)) | 0]!;
    q = (q + gap) | 0;
    other[q] = placed[(base + Math.imul(list[k + 2]!, step)) | 0]!;
    q = (q + gap) | 0;
    other[q] = placed[(base + Math.imul(list[k + 3]!, step)) | 0]!;
    q = (q + gap) | 0;
    other[q] = placed[(base + Math.imul(list[k + 4]!, step)) | 0]!;
    q = (q + gap) | 0;
    other[q] = placed[(base + Math.imul(list[k + 5]!, step)) | 0]!;
    q = (q + gap) | 0;
    other[q] = placed[(base + Math.imul(list[k + 6]!, step)) | 0]!;
    q = (q + gap) | 0;
    other[q] = placed[(base + Math.imul(list[k + 7]!, step)) | 0]!;
    q = (q + gap) | 0;
  }
  for (; k < end; k++) {
    other[q] = placed[(base + Math.imul(list[k]!, step)) | 0]!;
    q = (q + gap) | 0;
  }
}

function pickRuns64(placed: BigUint64Array, other: BigUint64Array, list: Int32Array, line: PlaceLine): void {
  const first = line.first;
  const end = first + line.n;
  const step = line.step;
  const gap = line.gap;
  const base = line.base | 0;
  let q = line.at | 0;
  let k = first;
  const run = line.run;
  for (; k < end; k++) {
    const p = (base + Math.imul(list[k]!, step)) | 0;
    if (run === 2) {
      other[q] = placed[p]!;
      other[q + 1] = placed[p + 1]!;
    } else if (run === 3) {
      other[q] = placed[p]!;
      other[q + 1] = placed[p + 1]!;
      other[q + 2] = placed[p + 2]!;
    } else {
      let j = 0;
      for (; j + 3 < run; j += 4) {
        other[q + j] = placed[p + j]!;
        other[q + j + 1] = placed[p + j + 1]!;
        other[q + j + 2] = placed[p + j + 2]!;
        other[q + j + 3] = placed[p + j + 3]!;
      }
      for (; j < run; j++) other[q + j] = placed[p + j]!;
    }
    q = (q + gap) | 0;
  }
}

function put64(placed: BigUint64Array, other: BigUint64Array, list: Int32Array, line: PlaceLine): void {
  const first = line.first;
  const end = first + line.n;
  const step = line.step;
  const gap = line.gap;
  const base = line.base | 0;
  let q = line.at | 0;
  let k = first;
  if (step === 1 && gap === 0) {
    const element = other[q]!;
    for (; k + 7 < end; k += 8) {
      placed[(base + list[k]!) | 0] = element;
      placed[(base + list[k + 1]!) | 0] = element;
      placed[(base + list[k + 2]!) | 0] = element;
      placed[(base + list[k + 3]!) | 0] = element;
      placed[(base + list[k + 4]!) | 0] = element;
      placed[(base + list[k + 5]!) | 0] = element;
      placed[(base + list[k + 6]!) | 0] = element;
      placed[(base + list[k + 7]!) | 0] = element;
    }
  }
  for (; k + 7 < end; k += 8) {
    placed[(base + Math.imul(list[k]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
    placed[(base + Math.imul(list[k + 1]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
    placed[(base + Math.imul(list[k + 2]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
    placed[(base + Math.imul(list[k + 3]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
    placed[(base + Math.imul(list[k + 4]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
    placed[(base + Math.imul(list[k + 5]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
    placed[(base + Math.imul(list[k + 6]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
    placed[(base + Math.imul(list[k + 7]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
  }
  for (; k < end; k++) {
    placed[(base + Math.imul(list[k]!, step)) | 0] = other[q]!;
    q = (q + gap) | 0;
  }
}

function putRuns64(placed: BigUint64Array, other: BigUint64Array, list: Int32Array, line: PlaceLine): void {
  const first = line.first;
  const end = first + line.n;
  const step = line.step;
  const gap = line.gap;
  const base = line.base | 0;
  let q = line.at | 0;
  let k = first;
  const run = line.run;
  for (; k < end; k++) {
    const p = (base + Math.imul(list[k]!, step)) | 0;
    if (run === 2) {
      placed[p] = other[q]!;
      placed[p + 1] = other[q + 1]!;
    } else if (run === 3) {
      placed[p] = other[q]!;
      placed[p + 1] = other[q + 1]!;
      placed[p + 2] = other[q + 2]!;
    } else {
      let j = 0;
      for (; j + 3 < run; j += 4) {
        placed[p + j] = other[q + j]!;
        placed[p + j + 1] = other[q + j + 1]!;
        placed[p + j + 2] = other[q + j + 2]!;
        placed[p + j + 3] = other[q + j + 3]!;
      }
      for (; j < run; j++) placed[p + j] = other[q + j]!;
    }
    q = (q + gap) | 0;
  }
}

function beside64(placed: BigUint64Array, other: BigUint64Array, list: Int32Array, line: PlaceLine): void {
  const first = line.first;
  const end = first + line.n;
  const step = line.step;
  const gap = line.gap;
  const run = line.run;
  const base = line.base | 0;
  const at = line.at | 0;
  for (let k = first; k < end; k++) {
    const p = (base + Math.imul(list[k]!, step)) | 0;
    const q = (at + Math.imul(list[k]!, gap)) | 0;
    for (let j = 0; j < run; j++) placed[p + j] = other[q + j]!;
  }
}

export const loops32: PlaceLoops = {
  lane: Int32Array,
  pick: pick32,
  put: put32,
  pickRuns: pickRuns32,
  putRuns: putRuns32,
  beside: beside32,
};

export const loops64: PlaceLoops = {
  lane: BigUint64Array,
  pick: pick64,
  put: put64,
  pickRuns: pickRuns64,
  putRuns: putRuns64,
  beside: beside64,
};
