/**
 * One WebAssembly function as it is written: expressions are trees with a type, statements append to the body.
 *
 *     const fn = new Fn(["i32", "i32", "i32"]);
 *     const [n, from, to] = fn.params;
 *     fn.count(n, 16, (at) => fn.store("v128.store", fn.add(to, at), op("f64x2.neg", fn.load("v128.load", fn.add(from, at)))));
 *
 * An expression is emitted each time it is used; what is used twice is kept with `fn.let`. Types are checked as the tree
 * is built, so that a wrong kernel is an error here and not in the engine that validates it.
 */

import {
  extracts,
  laneStores,
  loads,
  opOf,
  replaces,
  signed,
  signed32,
  stores,
  unsigned,
  type ValType,
} from "./ops.ts";

/** A typed expression: the bytes that push its value. */
export interface Expr {
  readonly type: ValType;
  readonly bytes: readonly number[];
}

/** A local variable, which is an expression too: reading it. */
export interface Local extends Expr {
  readonly index: number;
}

const codes: Readonly<Record<ValType, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b };

export function typeCode(type: ValType): number {
  return codes[type];
}

function expect(expr: Expr, type: ValType, where: string): void {
  if (expr.type !== type) throw new Error(`${where} takes ${type}, not ${expr.type}`);
}

/** The value of an instruction without immediates: `op("f64x2.add", a, b)`. */
export function op(name: string, ...operands: readonly Expr[]): Expr {
  const { code, takes, gives } = opOf(name);
  if (operands.length !== takes.length) throw new Error(`${name} takes ${takes.length} operands`);
  for (let k = 0; k < takes.length; k++) expect(operands[k]!, takes[k]!, name);
  const [a, b, c] = operands;
  // The runtime joins lists much sooner than a loop that is run a few times.
  if (b === undefined) return { type: gives, bytes: a!.bytes.concat(code) };
  const bytes = c === undefined ? a!.bytes.concat(b.bytes, code) : a!.bytes.concat(b.bytes, c.bytes, code);
  return { type: gives, bytes };
}

/** `condition ? yes : no`, both worked out; `condition` is an i32. */
export function select(condition: Expr, yes: Expr, no: Expr): Expr {
  expect(condition, "i32", "select");
  expect(no, yes.type, "select");
  const typed = yes.type === "v128" ? [0x1c, 1, codes.v128] : [0x1b];
  return { type: yes.type, bytes: yes.bytes.concat(no.bytes, condition.bytes, typed) };
}

export function i32(value: number): Expr {
  return { type: "i32", bytes: [0x41, ...signed32(value | 0)] };
}

export function i64(value: bigint): Expr {
  return { type: "i64", bytes: [0x42, ...signed(BigInt.asIntN(64, value))] };
}

export function f32(value: number): Expr {
  return { type: "f32", bytes: [0x43, ...new Uint8Array(Float32Array.of(value).buffer)] };
}

export function f64(value: number): Expr {
  return { type: "f64", bytes: [0x44, ...new Uint8Array(Float64Array.of(value).buffer)] };
}

/** The bytes of `a` and `b` that `lanes` names: 0 to 15 are those of `a`, 16 to 31 of `b`. */
export function shuffle(a: Expr, b: Expr, lanes: readonly number[]): Expr {
  expect(a, "v128", "shuffle");
  expect(b, "v128", "shuffle");
  if (lanes.length !== 16) throw new Error("shuffle takes 16 lanes");
  return { type: "v128", bytes: a.bytes.concat(b.bytes, 0xfd, 13, lanes) };
}

/** One lane as a scalar: `extract("f64x2.extract_lane", v, 1)`. */
export function extract(name: string, v: Expr, lane: number): Expr {
  const [code, type] = extracts[name]!;
  expect(v, "v128", name);
  return { type, bytes: v.bytes.concat(code, lane) };
}

export function replace(name: string, v: Expr, lane: number, value: Expr): Expr {
  const [code, type] = replaces[name]!;
  expect(v, "v128", name);
  expect(value, type, name);
  return { type: "v128", bytes: v.bytes.concat(value.bytes, code, lane) };
}

/** 16 bytes as a constant. Inside a loop use `fn.constant`, which makes it once. */
export function v128(bytes: ArrayLike<number>): Expr {
  return { type: "v128", bytes: [0xfd, 12, ...Array.from(bytes)] };
}

/** Pieces that are joined at once. */
const PIECES = 1024;

export class Fn {
  readonly params: readonly Local[];
  readonly result: ValType | null;
  private readonly locals: ValType[] = [];
  /** Bytes in pieces, put together at the end. */
  private readonly body: (readonly number[] | number)[] = [];
  /** Where the constants of loops go: in front of everything. */
  private head: readonly number[] = [];
  private readonly constants = new Map<string, Local>();
  /** Locals of parts that are over, which others may take, and those of the part at hand. */
  private readonly unused = new Map<ValType, Local[]>();
  private taken: Local[] | null = null;
  /** The local that the last statement set, if that is the end of the body. */
  private lastSet: { readonly local: Local; readonly end: number } | null = null;

  constructor(params: readonly ValType[], result: ValType | null = null) {
    this.params = params.map((type, k) => this.reading(k, type));
    this.result = result;
  }

  private reading(index: number, type: ValType): Local {
    return { index, type, bytes: [0x20, ...unsigned(index)] };
  }

  private emit(...parts: (readonly number[] | number)[]): void {
    for (let k = 0; k < parts.length; k++) this.body.push(parts[k]!);
  }

  /** A fresh local, 0 at the start of the function. */
  local(type: ValType): Local {
    this.locals.push(type);
    return this.reading(this.params.length + this.locals.length - 1, type);
  }

  set(local: Local, value: Expr): void {
    expect(value, local.type, "set");
    const index = unsigned(local.index);
    this.emit(this.afterLast(value.bytes), 0x21, index);
    this.lastSet = { local, end: this.body.length };
  }

  /** What is left of an expression that begins with what was set just now: that stays on the stack (`local.tee`). */
  private afterLast(bytes: readonly number[]): readonly number[] {
    const last = this.lastSet;
    if (last === null || last.end !== this.body.length) return bytes;
    const reading = last.local.bytes;
    for (let k = 0; k < reading.length; k++) if (bytes[k] !== reading[k]) return bytes;
    this.body[last.end - 2] = 0x22;
    return bytes.slice(reading.length);
  }

  /** Works a value out once and keeps it. */
  let(value: Expr): Local {
    const local = this.unused.get(value.type)?.pop() ?? this.local(value.type);
    this.taken?.push(local);
    this.set(local, value);
    return local;
  }

  /** A part whose values nothing needs behind it: their locals are taken again later, so that numbers stay small. */
  part(body: () => void): void {
    const before = this.taken;
    const own: Local[] = [];
    this.taken = own;
    body();
    this.taken = before;
    for (const local of own) {
      const list = this.unused.get(local.type);
      if (list === undefined) this.unused.set(local.type, [local]);
      else list.push(local);
    }
  }

  /** A value that is worked out once, before everything else: for constants of loops. */
  once(value: Expr): Local {
    const key = value.bytes.join();
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const local = this.local(value.type);
    this.head = this.head.concat(value.bytes, 0x21, unsigned(local.index));
    this.constants.set(key, local);
    return local;
  }

  /** A constant in every lane of a vector: `constant("f64x2", 0.5)`, `constant("i64x2", 1n)`. */
  constant(shape: "f64x2" | "f32x4" | "i8x16" | "i16x8" | "i32x4" | "i64x2", value: number | bigint): Local {
    return this.once(op(`${shape}.splat`, scalarOf(shape, value)));
  }

  /** Addition of addresses; a constant folds away when it is 0. */
  add(a: Expr, b: Expr | number): Expr {
    if (typeof b === "number") return b === 0 ? a : op("i32.add", a, i32(b));
    return op("i32.add", a, b);
  }

  load(name: string, address: Expr, offset = 0): Expr {
    const found = loads[name];
    if (found === undefined) throw new Error(`no load ${name}`);
    expect(address, "i32", name);
    return { type: found[1], bytes: address.bytes.concat(found[0], 0, unsigned(offset)) };
  }

  store(name: string, address: Expr, value: Expr, offset = 0): void {
    const found = stores[name];
    if (found === undefined) throw new Error(`no store ${name}`);
    expect(address, "i32", name);
    expect(value, found[1], name);
    this.emit(address.bytes, value.bytes, found[0], 0, unsigned(offset));
  }

  /** Stores one lane of `itemsize` bytes. */
  storeLane(itemsize: number, address: Expr, value: Expr, lane: number, offset = 0): void {
    expect(value, "v128", "storeLane");
    this.emit(address.bytes, value.bytes, laneStores[itemsize]!, 0, unsigned(offset), lane);
  }

  /** `memory.copy`; the ranges may overlap. */
  copy(to: Expr, from: Expr, bytes: Expr): void {
    this.emit(to.bytes, from.bytes, bytes.bytes, 0xfc, 10, 0, 0);
  }

  /** `memory.fill`: `bytes` times the low byte of `value`. */
  fill(to: Expr, value: Expr, bytes: Expr): void {
    this.emit(to.bytes, value.bytes, bytes.bytes, 0xfc, 11, 0);
  }

  if(condition: Expr, then: () => void, otherwise?: () => void): void {
    expect(condition, "i32", "if");
    this.emit(condition.bytes, 0x04, 0x40);
    then();
    if (otherwise !== undefined) {
      this.emit(0x05);
      otherwise();
    }
    this.emit(0x0b);
  }

  /** Repeats the body as long as `condition` holds, asked before each round. */
  while(condition: () => Expr, body: () => void): void {
    this.emit(0x02, 0x40, 0x03, 0x40, condition().bytes, 0x45, 0x0d, 1);
    body();
    this.emit(0x0c, 0, 0x0b, 0x0b);
  }

  /** Runs `body` with `at` = 0, step, … as long as `at` lies below `end` (signed). The test comes last: one branch a round. */
  count(end: Expr, step: number, body: (at: Local) => void): void {
    const at = this.local("i32");
    this.set(at, i32(0));
    this.emit(op("i32.gt_s", end, i32(0)).bytes, 0x04, 0x40, 0x03, 0x40);
    body(at);
    this.set(at, op("i32.add", at, i32(step)));
    this.emit(op("i32.lt_s", at, end).bytes, 0x0d, 0, 0x0b, 0x0b);
  }

  return(value?: Expr): void {
    if (value !== undefined) this.emit(value.bytes);
    this.emit(0x0f);
  }

  /** The last value of a function with a result. */
  give(value: Expr): void {
    expect(value, this.result!, "give");
    this.emit(value.bytes);
  }

  /** Locals and body as the code section holds them. */
  code(): number[] {
    const runs: [count: number, code: number][] = [];
    for (const type of this.locals) {
      const last = runs.at(-1);
      if (last?.[1] === codes[type]) last[0]++;
      else runs.push([1, codes[type]]);
    }
    const locals = runs.flatMap(([count, code]) => [...unsigned(count), code]);
    const body: number[] = [];
    // In slices, as a call takes only so many arguments.
    const pieces: number[][] = [];
    for (let k = 0; k < this.body.length; k += PIECES) {
      pieces.push(body.concat(...this.body.slice(k, k + PIECES)));
    }
    const inner = unsigned(runs.length).concat(locals, this.head, ...pieces, 0x0b);
    return unsigned(inner.length).concat(inner);
  }
}

function scalarOf(shape: string, value: number | bigint): Expr {
  if (shape === "f64x2") {
    // Four bytes less where a float32 has all digits.
    const number = Number(value);
    return Object.is(Math.fround(number), number) ? op("f64.promote_f32", f32(number)) : f64(number);
  }
  if (shape === "f32x4") return f32(Number(value));
  return shape === "i64x2" ? i64(BigInt(value)) : i32(Number(value));
}
