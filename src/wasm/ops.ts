/**
 * The instructions that kernels use, one line a family: name, opcode, operand types, result type.
 *
 * Types are one letter each: i = i32, l = i64, f = f32, d = f64, v = v128. Loads and stores, which carry an offset,
 * and instructions with a lane number have tables of their own. Opcodes above 0xff are those of the vector prefix, less
 * {@link VECTOR}. Source: the WebAssembly 2.0 specification and the relaxed SIMD proposal.
 */

/** What a WebAssembly value is. */
export type ValType = "i32" | "i64" | "f32" | "f64" | "v128";

export interface Op {
  /** The bytes of the instruction without immediates. */
  readonly code: readonly number[];
  readonly takes: readonly ValType[];
  readonly gives: ValType;
}

const letters: Readonly<Record<string, ValType>> = { i: "i32", l: "i64", f: "f32", d: "f64", v: "v128" };
const VECTOR = 0xfd;

/** A family of neighbouring opcodes: prefix of the names, first opcode, signature, names ("-" skips an opcode). */
type Family = readonly [prefix: string, first: number, takes: string, gives: string, names: string];

const comparisons = "eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u";

const scalar: readonly Family[] = [
  ["i32", 0x45, "i", "i", "eqz"],
  ["i32", 0x46, "ii", "i", comparisons],
  ["i64", 0x50, "l", "i", "eqz"],
  ["i64", 0x51, "ll", "i", comparisons],
  ["f32", 0x5b, "ff", "i", "eq ne lt gt le ge"],
  ["f64", 0x61, "dd", "i", "eq ne lt gt le ge"],
  ["i32", 0x67, "i", "i", "clz ctz popcnt"],
  ["i32", 0x6a, "ii", "i", "add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr"],
  ["i64", 0x79, "l", "l", "clz ctz popcnt"],
  ["i64", 0x7c, "ll", "l", "add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr"],
  ["f32", 0x8b, "f", "f", "abs neg ceil floor trunc nearest sqrt"],
  ["f32", 0x92, "ff", "f", "add sub mul div min max copysign"],
  ["f64", 0x99, "d", "d", "abs neg ceil floor trunc nearest sqrt"],
  ["f64", 0xa0, "dd", "d", "add sub mul div min max copysign"],
  ["i32", 0xa7, "l", "i", "wrap_i64"],
  ["i64", 0xac, "i", "l", "extend_i32_s extend_i32_u"],
  ["f32", 0xb2, "i", "f", "convert_i32_s convert_i32_u"],
  ["f32", 0xb4, "l", "f", "convert_i64_s convert_i64_u"],
  ["f32", 0xb6, "d", "f", "demote_f64"],
  ["f64", 0xb7, "i", "d", "convert_i32_s convert_i32_u"],
  ["f64", 0xb9, "l", "d", "convert_i64_s convert_i64_u"],
  ["f64", 0xbb, "f", "d", "promote_f32"],
  ["i32", 0xbc, "f", "i", "reinterpret_f32"],
  ["i64", 0xbd, "d", "l", "reinterpret_f64"],
  ["f32", 0xbe, "i", "f", "reinterpret_i32"],
  ["f64", 0xbf, "l", "d", "reinterpret_i64"],
  ["i32", 0xc0, "i", "i", "extend8_s extend16_s"],
  ["i64", 0xc2, "l", "l", "extend8_s extend16_s extend32_s"],
];

/** Conversions that clamp; behind the prefix 0xfc. */
const clamping: readonly Family[] = [
  ["i32", 0, "f", "i", "trunc_sat_f32_s trunc_sat_f32_u"],
  ["i32", 2, "d", "i", "trunc_sat_f64_s trunc_sat_f64_u"],
  ["i64", 4, "f", "l", "trunc_sat_f32_s trunc_sat_f32_u"],
  ["i64", 6, "d", "l", "trunc_sat_f64_s trunc_sat_f64_u"],
];

const vector: readonly Family[] = [
  ["i8x16", 14, "vv", "v", "swizzle"],
  ["i8x16", 15, "i", "v", "splat"],
  ["i16x8", 16, "i", "v", "splat"],
  ["i32x4", 17, "i", "v", "splat"],
  ["i64x2", 18, "l", "v", "splat"],
  ["f32x4", 19, "f", "v", "splat"],
  ["f64x2", 20, "d", "v", "splat"],
  ["i8x16", 35, "vv", "v", comparisons],
  ["i16x8", 45, "vv", "v", comparisons],
  ["i32x4", 55, "vv", "v", comparisons],
  ["f32x4", 65, "vv", "v", "eq ne lt gt le ge"],
  ["f64x2", 71, "vv", "v", "eq ne lt gt le ge"],
  ["v128", 77, "v", "v", "not"],
  ["v128", 78, "vv", "v", "and andnot or xor"],
  ["v128", 82, "vvv", "v", "bitselect"],
  ["v128", 83, "v", "i", "any_true"],
  ["f32x4", 94, "v", "v", "demote_f64x2_zero"],
  ["f64x2", 95, "v", "v", "promote_low_f32x4"],
  ["i8x16", 96, "v", "v", "abs neg popcnt"],
  ["i8x16", 99, "v", "i", "all_true bitmask"],
  ["i8x16", 101, "vv", "v", "narrow_i16x8_s narrow_i16x8_u"],
  ["f32x4", 103, "v", "v", "ceil floor trunc nearest"],
  ["i8x16", 107, "vi", "v", "shl shr_s shr_u"],
  ["i8x16", 110, "vv", "v", "add add_sat_s add_sat_u sub sub_sat_s sub_sat_u"],
  ["f64x2", 116, "v", "v", "ceil floor"],
  ["i8x16", 118, "vv", "v", "min_s min_u max_s max_u"],
  ["f64x2", 122, "v", "v", "trunc"],
  ["i8x16", 123, "vv", "v", "avgr_u"],
  ["i16x8", 124, "v", "v", "extadd_pairwise_i8x16_s extadd_pairwise_i8x16_u"],
  ["i32x4", 126, "v", "v", "extadd_pairwise_i16x8_s extadd_pairwise_i16x8_u"],
  ["i16x8", 128, "v", "v", "abs neg"],
  ["i16x8", 131, "v", "i", "all_true bitmask"],
  ["i16x8", 133, "vv", "v", "narrow_i32x4_s narrow_i32x4_u"],
  ["i16x8", 135, "v", "v", "extend_low_i8x16_s extend_high_i8x16_s extend_low_i8x16_u extend_high_i8x16_u"],
  ["i16x8", 139, "vi", "v", "shl shr_s shr_u"],
  ["i16x8", 142, "vv", "v", "add add_sat_s add_sat_u sub sub_sat_s sub_sat_u"],
  ["f64x2", 148, "v", "v", "nearest"],
  ["i16x8", 149, "vv", "v", "mul min_s min_u max_s max_u - avgr_u"],
  ["i16x8", 156, "vv", "v", "extmul_low_i8x16_s extmul_high_i8x16_s extmul_low_i8x16_u extmul_high_i8x16_u"],
  ["i32x4", 160, "v", "v", "abs neg"],
  ["i32x4", 163, "v", "i", "all_true bitmask"],
  ["i32x4", 167, "v", "v", "extend_low_i16x8_s extend_high_i16x8_s extend_low_i16x8_u extend_high_i16x8_u"],
  ["i32x4", 171, "vi", "v", "shl shr_s shr_u"],
  ["i32x4", 174, "vv", "v", "add - - sub"],
  ["i32x4", 181, "vv", "v", "mul min_s min_u max_s max_u dot_i16x8_s"],
  ["i32x4", 188, "vv", "v", "extmul_low_i16x8_s extmul_high_i16x8_s extmul_low_i16x8_u extmul_high_i16x8_u"],
  ["i64x2", 192, "v", "v", "abs neg"],
  ["i64x2", 195, "v", "i", "all_true bitmask"],
  ["i64x2", 199, "v", "v", "extend_low_i32x4_s extend_high_i32x4_s extend_low_i32x4_u extend_high_i32x4_u"],
  ["i64x2", 203, "vi", "v", "shl shr_s shr_u"],
  ["i64x2", 206, "vv", "v", "add - - sub"],
  ["i64x2", 213, "vv", "v", "mul eq ne lt_s gt_s le_s ge_s"],
  ["i64x2", 220, "vv", "v", "extmul_low_i32x4_s extmul_high_i32x4_s extmul_low_i32x4_u extmul_high_i32x4_u"],
  ["f32x4", 224, "v", "v", "abs neg - sqrt"],
  ["f32x4", 228, "vv", "v", "add sub mul div min max pmin pmax"],
  ["f64x2", 236, "v", "v", "abs neg - sqrt"],
  ["f64x2", 240, "vv", "v", "add sub mul div min max pmin pmax"],
  ["i32x4", 248, "v", "v", "trunc_sat_f32x4_s trunc_sat_f32x4_u"],
  ["f32x4", 250, "v", "v", "convert_i32x4_s convert_i32x4_u"],
  ["i32x4", 252, "v", "v", "trunc_sat_f64x2_s_zero trunc_sat_f64x2_u_zero"],
  ["f64x2", 254, "v", "v", "convert_low_i32x4_s convert_low_i32x4_u"],
  // Relaxed SIMD: only where the runtime has it (see relaxed.ts).
  ["f32x4", 261, "vvv", "v", "relaxed_madd relaxed_nmadd"],
  ["f64x2", 263, "vvv", "v", "relaxed_madd relaxed_nmadd"],
];

/** An unsigned number in LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return bytes;
}

/** A signed number of 32 bits in LEB128. */
export function signed32(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 127;
    rest >>= 7;
    if ((rest === 0 && low < 64) || (rest === -1 && low >= 64)) {
      bytes.push(low);
      return bytes;
    }
    bytes.push(low | 128);
  }
}

/** A signed number of 64 bits in LEB128. */
export function signed(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = Number(rest & 127n);
    rest >>= 7n;
    if ((rest === 0n && low < 64) || (rest === -1n && low >= 64)) return [...bytes, low];
    bytes.push(low | 128);
  }
}

function typesOf(text: string): ValType[] {
  return [...text].map((letter) => letters[letter]!);
}

/** The instruction of that name in some families, which lie behind a prefix or behind none. */
function among(families: readonly Family[], prefix: number | null, name: string): Op | null {
  const dot = name.indexOf(".");
  const owner = name.slice(0, dot);
  const own = name.slice(dot + 1);
  for (const [kind, first, takes, gives, names] of families) {
    if (kind !== owner || !names.includes(own)) continue;
    const k = names.split(" ").indexOf(own);
    if (k < 0) continue;
    const code = prefix === null ? [first + k] : [prefix, ...unsigned(first + k)];
    return { code, takes: typesOf(takes), gives: letters[gives]! };
  }
  return null;
}

/** What was asked for so far: a program uses few of the instructions, and its first call should not wait for all. */
const found = /* @__PURE__ */ new Map<string, Op>();

/** The instruction of that name. */
export function opOf(name: string): Op {
  const known = found.get(name);
  if (known !== undefined) return known;
  const op = among(scalar, null, name) ?? among(vector, VECTOR, name) ?? among(clamping, 0xfc, name);
  if (op === null) throw new Error(`no instruction ${name}`);
  found.set(name, op);
  return op;
}

/** An instruction that reads or writes memory: its bytes, the type of the value. */
type MemoryOp = readonly [code: readonly number[], type: ValType];

export const loads: Readonly<Record<string, MemoryOp>> = {
  "i32.load": [[0x28], "i32"],
  "i64.load": [[0x29], "i64"],
  "f32.load": [[0x2a], "f32"],
  "f64.load": [[0x2b], "f64"],
  "i32.load8_s": [[0x2c], "i32"],
  "i32.load8_u": [[0x2d], "i32"],
  "i32.load16_s": [[0x2e], "i32"],
  "i32.load16_u": [[0x2f], "i32"],
  "i64.load8_s": [[0x30], "i64"],
  "i64.load8_u": [[0x31], "i64"],
  "i64.load16_s": [[0x32], "i64"],
  "i64.load16_u": [[0x33], "i64"],
  "i64.load32_s": [[0x34], "i64"],
  "i64.load32_u": [[0x35], "i64"],
  "v128.load": [[VECTOR, 0], "v128"],
  "v128.load8x8_s": [[VECTOR, 1], "v128"],
  "v128.load8x8_u": [[VECTOR, 2], "v128"],
  "v128.load16x4_s": [[VECTOR, 3], "v128"],
  "v128.load16x4_u": [[VECTOR, 4], "v128"],
  "v128.load32x2_s": [[VECTOR, 5], "v128"],
  "v128.load32x2_u": [[VECTOR, 6], "v128"],
  "v128.load8_splat": [[VECTOR, 7], "v128"],
  "v128.load16_splat": [[VECTOR, 8], "v128"],
  "v128.load32_splat": [[VECTOR, 9], "v128"],
  "v128.load64_splat": [[VECTOR, 10], "v128"],
  "v128.load32_zero": [[VECTOR, 92], "v128"],
  "v128.load64_zero": [[VECTOR, 93], "v128"],
};

export const stores: Readonly<Record<string, MemoryOp>> = {
  "i32.store": [[0x36], "i32"],
  "i64.store": [[0x37], "i64"],
  "f32.store": [[0x38], "f32"],
  "f64.store": [[0x39], "f64"],
  "i32.store8": [[0x3a], "i32"],
  "i32.store16": [[0x3b], "i32"],
  "i64.store8": [[0x3c], "i64"],
  "i64.store16": [[0x3d], "i64"],
  "i64.store32": [[0x3e], "i64"],
  "v128.store": [[VECTOR, 11], "v128"],
};

/** Instructions with a lane number behind them: code, scalar type. */
type LaneOp = readonly [code: readonly number[], type: ValType];

export const extracts: Readonly<Record<string, LaneOp>> = {
  "i8x16.extract_lane_s": [[VECTOR, 21], "i32"],
  "i8x16.extract_lane_u": [[VECTOR, 22], "i32"],
  "i16x8.extract_lane_s": [[VECTOR, 24], "i32"],
  "i16x8.extract_lane_u": [[VECTOR, 25], "i32"],
  "i32x4.extract_lane": [[VECTOR, 27], "i32"],
  "i64x2.extract_lane": [[VECTOR, 29], "i64"],
  "f32x4.extract_lane": [[VECTOR, 31], "f32"],
  "f64x2.extract_lane": [[VECTOR, 33], "f64"],
};

export const replaces: Readonly<Record<string, LaneOp>> = {
  "i8x16.replace_lane": [[VECTOR, 23], "i32"],
  "i16x8.replace_lane": [[VECTOR, 26], "i32"],
  "i32x4.replace_lane": [[VECTOR, 28], "i32"],
  "i64x2.replace_lane": [[VECTOR, 30], "i64"],
  "f32x4.replace_lane": [[VECTOR, 32], "f32"],
  "f64x2.replace_lane": [[VECTOR, 34], "f64"],
};

/** Stores of one lane: code, itemsize. */
export const laneStores: Readonly<Record<number, readonly number[]>> = {
  1: [VECTOR, 88],
  2: [VECTOR, 89],
  4: [VECTOR, 90],
  8: [VECTOR, 91],
};
