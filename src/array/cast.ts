/**
 * Casting elements from one layout to another of the same shape, between any two dtypes.
 *
 * Plain dtypes are cast by castplain.ts.
 *
 * Dtypes with fields go by position, field by field, and so each ends in a plain cast of its own; a subarray is some
 * more axes.
 */

import type { Descriptor } from "../dtype/descriptor.ts";
import { isString } from "../dtype/strings.ts";
import { unpackSubarray } from "../dtype/struct.ts";
import { DTypeError } from "../errors.ts";
import { cStrides } from "../layout/layout.ts";
import { castPlain, type TypedPlace } from "./castplain.ts";
import { castStrings } from "./caststrings.ts";
import { moveElements } from "./move.ts";
import { type Place, Storage } from "./storage.ts";

export type { TypedPlace };

/**
 * Writes the elements at `src`, cast without a question, to `dst`. Neither may overlap the other, nor `dst` itself.
 *
 * @throws DTypeError when there is no such cast: raw bytes to numbers, several fields to one.
 */
export function castElements(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const [from, to] = [src.dtype, dst.dtype];
  const wide = src.storage.wide ?? dst.storage.wide;
  if (wide !== null) wide.inParts(shape, [src, dst], [from.itemsize, to.itemsize], castElements);
  else if (from.equals(to) && isSolid(to)) moveElements(shape, src, dst, to.itemsize);
  else if (to.subdtype !== null || from.subdtype !== null) castSubarrays(shape, src, dst);
  else if (to.fields !== null) castToFields(shape, src, dst);
  else if (from.fields !== null) castFromFields(shape, src, dst);
  else if (to.kind === "V") castToBytes(shape, src, dst);
  else if (from.kind === "V") throw noCast(from, to, "take a view of the bytes instead");
  else if (isString(from) || isString(to)) castFromOrToStrings(shape, src, dst);
  else castPlain(shape, src, dst);
}

/** Strings of one kind are their bytes, cut or followed by zeros. */
function castFromOrToStrings(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  if (src.dtype.kind === dst.dtype.kind) castToBytes(shape, src, dst);
  else castStrings(shape, src, dst);
}

function noCast(from: Descriptor, to: Descriptor, mend: string): DTypeError {
  return new DTypeError(`cannot cast ${from} to ${to}; ${mend}`);
}

/** Whether every byte of an element belongs to a field. */
export function isSolid(dtype: Descriptor): boolean {
  if (dtype.subdtype !== null) return isSolid(dtype.subdtype.dtype);
  if (dtype.fields === null) return true;
  let end = 0;
  for (const field of [...dtype.fields].sort((a, b) => a.offset - b.offset)) {
    if (field.offset > end || !isSolid(field.dtype)) return false;
    end = Math.max(end, field.offset + field.dtype.itemsize);
  }
  return end === dtype.itemsize;
}

function fieldOf(place: TypedPlace, k: number): TypedPlace {
  const { dtype, offset } = place.dtype.fields![k]!;
  return { storage: place.storage, strides: place.strides, offset: place.offset + offset, dtype };
}

function castToFields(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const count = dst.dtype.fields!.length;
  const byField = src.dtype.fields !== null;
  if (byField && src.dtype.fields.length !== count) {
    throw noCast(src.dtype, dst.dtype, `${src.dtype.fields.length} fields do not go into ${count}`);
  }
  for (let k = 0; k < count; k++) castElements(shape, byField ? fieldOf(src, k) : src, fieldOf(dst, k));
}

function castFromFields(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  if (src.dtype.fields!.length !== 1) throw noCast(src.dtype, dst.dtype, "take one of the fields");
  castElements(shape, fieldOf(src, 0), dst);
}

const zeros = new Storage(new ArrayBuffer(8));

/** Raw bytes take the bytes of anything, cut or followed by zeros. */
function castToBytes(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const [had, wanted] = [src.dtype.itemsize, dst.dtype.itemsize];
  moveElements(shape, src, dst, Math.min(had, wanted));
  if (wanted > had) fillZeros(shape, { ...dst, offset: dst.offset + had }, wanted - had);
}

function fillZeros(shape: readonly number[], dst: Place, bytes: number): void {
  const unit = bytes % 8 === 0 ? 8 : bytes % 4 === 0 ? 4 : 1;
  const all = [...shape, bytes / unit];
  const place = { storage: dst.storage, strides: [...dst.strides, unit], offset: dst.offset };
  moveElements(all, { storage: zeros, strides: all.map(() => 0), offset: 0 }, place, unit);
}

/**
 * Blocks of elements broadcast, aligned at the last axis. Where they cannot, NumPy takes what both have and fills
 * the rest with zeros; of axes that only the source has, the first element.
 */
function castSubarrays(shape: readonly number[], src: TypedPlace, dst: TypedPlace): void {
  const [from, to] = [unpackSubarray(src.dtype), unpackSubarray(dst.dtype)];
  const lead = to.shape.length - from.shape.length;
  const fromStrides = cStrides(from.shape, from.dtype.itemsize);
  const common: number[] = [];
  const strides: number[] = [];
  for (const [k, length] of to.shape.entries()) {
    const given = k < lead ? 1 : from.shape[k - lead]!;
    common.push(given === 1 ? length : Math.min(given, length));
    strides.push(given === 1 ? 0 : fromStrides[k - lead]!);
  }
  const cropped = common.some((length, k) => length < to.shape[k]!);
  if (cropped) fillZeros(shape, dst, dst.dtype.itemsize);
  const toStrides = cStrides(to.shape, to.dtype.itemsize);
  castElements(
    [...shape, ...common],
    { ...src, strides: [...src.strides, ...strides], dtype: from.dtype },
    { ...dst, strides: [...dst.strides, ...toStrides], dtype: to.dtype },
  );
}
