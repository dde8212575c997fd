/**
 * NumPy's expressions as text: `new Interpreter().run("a = np.arange(6).reshape(2, 3); a[:, ::-1]")`. The expression part of
 * Python, with NumPy's names; see docs/expressions.md.
 */

import "../methods.ts";

export type * from "./ast.ts";
export { attributeNames } from "./attributes.ts";
export { ExprError, type PythonError, type Range } from "./errors.ts";
export { evaluate, type Scope } from "./evaluate.ts";
export { fromJs } from "./from-js.ts";
export { Interpreter, type InterpreterOptions, type StatementResult } from "./interpreter.ts";
export { defaultLimits, type Limits } from "./limits.ts";
export { type Method, methodTable } from "./methods.ts";
export { nameTable } from "./names.ts";
export { isUnfinished, type ParseOptions, parse } from "./parser.ts";
export { repr, str } from "./repr.ts";
export { Callable, ELLIPSIS, Mapping, NumpyScalar, PyBytes, PyTuple } from "./values.ts";
