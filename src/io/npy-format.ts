import { optionsFrom, shapeFrom } from "../array/arguments.ts";
import { type NDArray, requireArray } from "../array/ndarray.ts";
import { readDescr } from "../dtype/descr.ts";
import { Descriptor } from "../dtype/descriptor.ts";
import { codeOf, type DescrType } from "../dtype/text.ts";
import { DTypeError, textOf, ValueError } from "../errors.ts";
import { headerAs, isNpy, readHeader } from "./header.ts";
import { ALIGNMENT, GROWTH_DIGITS, HEAD_BYTES, MAGIC } from "./npy-facts.ts";
import { bytesSource, named, RawPull, run } from "./steps.ts";

/**
 * What a .npy file is made of, as NumPy's `lib.format` has it: its magic, its header, and dtypes as these say them. Where
 * NumPy reads from a file and goes on in it, functions here take bytes and say where they stopped.
 */

/** What every .npy file starts with. */
export const MAGIC_PREFIX: Uint8Array = /* @__PURE__ */ Uint8Array.from(MAGIC);
/** The bytes of the magic and of the version behind it. */
export const MAGIC_LEN: number = HEAD_BYTES;
/** The data starts at a multiple of this. */
export const ARRAY_ALIGN: number = ALIGNMENT;
/** Bytes that NumPy reads at a time from what is no file. */
export const BUFFER_SIZE: number = 262_144;
/** Room in a header for the length of the axis along which a file may grow. */
export const GROWTH_AXIS_MAX_DIGITS: number = GROWTH_DIGITS;
/** What a header says, and nothing else. */
export const EXPECTED_KEYS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "descr",
  "fortran_order",
  "shape",
]);

/** What a header says, as it says it. */
export interface HeaderData {
  readonly descr: DescrType;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

/** What a header says, and where the data starts. */
export type ReadHeader = [shape: number[], fortranOrder: boolean, dtype: Descriptor, end: number];

/**
 * The first bytes of a file of a version of the format.
 *
 * @throws ValueError for versions that are no bytes.
 * @example
 * np.format.magic(1, 0).length; // 8
 */
export function magic(major: number, minor: number): Uint8Array {
  for (const part of [major, minor]) {
    if (Number.isInteger(part) && part >= 0 && part < 256) continue;
    throw new ValueError(
      `magic: version ${textOf(major)}.${textOf(minor)} is not made of numbers from 0 to 255`,
    );
  }
  return Uint8Array.of(...MAGIC, major, minor);
}

function requireBytes(bytes: unknown, caller: string): asserts bytes is Uint8Array {
  if (!(bytes instanceof Uint8Array)) throw new ValueError(`${caller}: ${textOf(bytes)} is no Uint8Array`);
}

/**
 * The version that the first bytes of a file say.
 *
 * @throws ValueError when they are not those of a .npy file.
 * @example
 * np.format.readMagic(np.npyBytes(np.eye(2))); // [1, 0]
 */
export function readMagic(bytes: Uint8Array): [major: number, minor: number] {
  requireBytes(bytes, "readMagic");
  if (bytes.length < HEAD_BYTES) {
    throw new ValueError(`readMagic: wanted ${HEAD_BYTES} bytes, but ${bytes.length} are there`);
  }
  if (!isNpy(bytes)) throw new ValueError("readMagic: the bytes do not start with \\x93NUMPY");
  return [bytes[6]!, bytes[7]!];
}

/**
 * A dtype as a header says it: a code, or a list of fields.
 *
 * @example
 * np.format.dtypeToDescr(np.dtype("float32")); // "<f4"
 */
export function dtypeToDescr(dtype: Descriptor): DescrType {
  if (!(dtype instanceof Descriptor)) {
    throw new DTypeError(`dtypeToDescr: ${textOf(dtype)} is no dtype; make one with np.dtype`);
  }
  return dtype.fields === null ? codeOf(dtype) : (dtype.descr as DescrType);
}

/**
 * The dtype that a header says, with lists for tuples, in native order.
 *
 * @throws DTypeError when it is none.
 * @example
 * np.format.descrToDtype([["a", "<i4"], ["b", "<f8", [2]]]).itemsize; // 20
 */
export function descrToDtype(descr: unknown): Descriptor {
  return readDescr(descr).dtype;
}

/**
 * What the header of a file of an array says.
 *
 * @example
 * np.format.headerDataFromArray10(np.eye(2)); // { descr: "<f8", fortranOrder: false, shape: [2, 2] }
 */
export function headerDataFromArray10(array: NDArray): HeaderData {
  requireArray(array, "headerDataFromArray10");
  const fortranOrder = array.isContiguous("F") && !array.isContiguous("C");
  return { descr: dtypeToDescr(array.dtype), fortranOrder, shape: array.shape };
}

/**
 * The first bytes of a file, magic and header, in version 1.0 of the format.
 *
 * @throws ValueError when they do not fit into 65,535 bytes, or hold characters that are not Latin-1.
 * @example
 * np.format.writeArrayHeader10({ descr: "<f4", fortranOrder: false, shape: [2, 3] }).length; // 128
 */
export function writeArrayHeader10(header: HeaderData): Uint8Array {
  return written(1, header, "writeArrayHeader10");
}

/**
 * The same in version 2.0, for headers of up to 4 GiB.
 *
 * @throws ValueError when it holds characters that are not Latin-1.
 * @example
 * np.format.writeArrayHeader20({ descr: "<f4", fortranOrder: false, shape: [2, 3] })[6]; // 2
 */
export function writeArrayHeader20(header: HeaderData): Uint8Array {
  return written(2, header, "writeArrayHeader20");
}

function written(version: 1 | 2, header: HeaderData, caller: string): Uint8Array {
  const { descr, fortranOrder, shape } = optionsFrom(header, caller);
  const bytes = headerAs(version, descrToDtype(descr), shapeFrom(shape, caller), fortranOrder);
  if (bytes !== null) return bytes;
  throw new ValueError(`${caller}: the header does not fit into version ${version}.0 of the format`);
}

/**
 * What a header of version 1.0 says: `[shape, fortranOrder, dtype, end]`, with the byte at which the data starts.
 *
 * @param start where the header starts: behind the magic, if left out
 * @throws ValueError saying what is wrong.
 * @example
 * const [shape, , dtype, end] = np.format.readArrayHeader10(np.npyBytes(np.eye(2)));
 * [shape, dtype.name, end]; // [[2, 2], "float64", 128]
 */
export function readArrayHeader10(bytes: Uint8Array, start: number = MAGIC_LEN): ReadHeader {
  return read(1, bytes, start, "readArrayHeader10");
}

/**
 * The same for version 2.0.
 *
 * @example
 * const bytes = np.format.writeArrayHeader20({ descr: "<f4", fortranOrder: false, shape: [3] });
 * np.format.readArrayHeader20(bytes)[0]; // [3]
 */
export function readArrayHeader20(bytes: Uint8Array, start: number = MAGIC_LEN): ReadHeader {
  return read(2, bytes, start, "readArrayHeader20");
}

function read(version: 1 | 2, bytes: Uint8Array, start: number, caller: string): ReadHeader {
  requireBytes(bytes, caller);
  if (!(Number.isInteger(start) && start >= 0 && start <= bytes.length)) {
    throw new ValueError(`${caller}: start ${textOf(start)} is not a place in ${bytes.length} bytes`);
  }
  const rest = bytes.subarray(start);
  const steps = readHeader(new RawPull(0, rest.length), magic(version, 0));
  const { shape, fortranOrder, dtype, dataOffset } = run(
    named(steps, caller, "the bytes"),
    bytesSource(rest),
  );
  return [[...shape], fortranOrder, dtype, start + dataOffset - MAGIC_LEN];
}
