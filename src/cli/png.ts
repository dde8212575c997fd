import { convertIndexedToRgb, type DecodedPng, decode, encode } from "fast-png";
import {
  array,
  asarray,
  ascontiguousarray,
  DTypeError,
  multiply,
  type NDArray,
  reshape,
  ShapeError,
} from "../index.ts";

/** Pictures as arrays: rows, columns, and channels where there are several. */

/** The array of a PNG file: uint8, or uint16 where it has 16 bits; (H, W) when it is grey. Palettes become colours. */
export function pngArray(bytes: Uint8Array): NDArray {
  const image = decode(bytes);
  const { width, height, palette, depth } = image;
  const data = palette !== undefined ? convertIndexedToRgb(image) : depth < 8 ? unpacked(image) : image.data;
  const channels = data.length / (width * height);
  return reshape(asarray(data as Uint8Array), channels === 1 ? [height, width] : [height, width, channels]);
}

/** Grey of 1, 2 or 4 bits, in rows of whole bytes, as bytes from 0 to 255. */
function unpacked({ width, height, depth, data }: DecodedPng): Uint8Array {
  const rowBytes = Math.ceil((width * depth) / 8);
  const most = 2 ** depth - 1;
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      const byte = data[y * rowBytes + (bit >> 3)] as number;
      const value = (byte >> (8 - depth - (bit & 7))) & most;
      out[y * width + x] = (value * 255) / most;
    }
  }
  return out;
}

/**
 * An array as a PNG file: of uint8, uint16 or bool, of shape (H, W), or (H, W, C) with 1 to 4 channels.
 *
 * @throws DTypeError, ShapeError for any other.
 */
export function pngBytes(a: NDArray): Uint8Array {
  const depth = { uint8: 8, bool: 8, uint16: 16 }[a.dtype.name];
  if (depth === undefined) {
    throw new DTypeError(
      `a PNG file holds uint8, uint16 or bool, not ${a.dtype}; use astype, as in (x * 255).astype(np.uint8)`,
    );
  }
  const { shape } = a;
  const [height = 0, width = 0, channels = 1] = shape;
  const fits = (shape.length === 2 || (shape.length === 3 && channels >= 1 && channels <= 4)) && a.size > 0;
  if (!fits) {
    throw new ShapeError(
      `a PNG file holds (H, W) or (H, W, C) with C from 1 to 4 and no length 0, not (${shape.join(", ")})`,
    );
  }
  const whole: NDArray = a.dtype.name === "bool" ? multiply(a, array(255, "uint8")) : a;
  const data = ascontiguousarray(whole).data as Uint8Array | Uint16Array;
  return encode({ width, height, channels, depth: depth as 8 | 16, data });
}
