import type { Ufunc } from "../../src/engine/ufunc.ts";
import type { UfuncCore } from "../../src/engine/ufunc-core.ts";
import * as arithmetic from "../../src/ops/ufuncs-arithmetic.ts";
import * as compare from "../../src/ops/ufuncs-compare.ts";
import * as exponential from "../../src/ops/ufuncs-exponential.ts";
import * as floating from "../../src/ops/ufuncs-floating.ts";
import * as logic from "../../src/ops/ufuncs-logic.ts";
import * as trigonometric from "../../src/ops/ufuncs-trigonometric.ts";

const files = [arithmetic, compare, exponential, floating, logic, trigonometric];

/** Every element-wise ufunc by its name, aliases left out. */
export const ufuncs: ReadonlyMap<string, UfuncCore> = new Map(
  files
    .flatMap((file) => Object.values<Ufunc>(file as Readonly<Record<string, Ufunc>>))
    .map(({ core }) => [core.name, core]),
);
