import * as np from "../../src/index.ts";
import type { Picture } from "../src/protocol.ts";
import { bufferNumber } from "./memory.ts";

/** Drawings of memory for the page, with where their addresses lie, so that all drawings of one buffer light up together. */

let drawn = 0;

export function pictureOf(
  subjects: readonly (readonly [name: string, array: np.NDArray])[],
  width: number,
): Picture {
  const arrays = subjects.map(([, array]) => array);
  const names = subjects.map(([name]) => name);
  // Ids in a page are not to meet.
  const drawing = np.draw(arrays, {
    names,
    id: `p${++drawn}`,
    cells: 144,
    width: Math.max(240, Math.min(1200, Math.floor(width))),
  });
  const { arrays: placed, strips } = np.memoryPicture(arrays, { names, values: false, cells: 1, bytes: 0 });
  const places = strips.map((_, strip) => {
    const k = placed.findIndex((array) => array.strip === strip);
    const { byteOffset, offset } = placed[k] as (typeof placed)[number];
    return {
      buffer: bufferNumber((arrays[k] as np.NDArray).buffer),
      origin: byteOffset - offset,
    };
  });
  return { svg: drawing.svg, strips: places };
}
