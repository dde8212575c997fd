import type { Ufunc } from "../../src/engine/ufunc.ts";
import { add, divide, multiply, subtract } from "../../src/ops/ufuncs-arithmetic.ts";
import { fmax, fmin, maximum, minimum } from "../../src/ops/ufuncs-compare.ts";
import {
  bitwiseAnd,
  bitwiseOr,
  bitwiseXor,
  logicalAnd,
  logicalOr,
  logicalXor,
} from "../../src/ops/ufuncs-logic.ts";

/** The ufuncs that NumPy's cases are about, by NumPy's names. */
export const ufuncs: Record<string, Ufunc> = {
  add, subtract, multiply, divide, maximum, minimum, fmax, fmin,
  logical_and: logicalAnd, logical_or: logicalOr, logical_xor: logicalXor,
  bitwise_and: bitwiseAnd, bitwise_or: bitwiseOr, bitwise_xor: bitwiseXor,
}; // biome-ignore format: names and what they are
