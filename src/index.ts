/**
 * ndview: n-dimensional arrays with NumPy's memory model, to be imported as `import * as np from "ndview"`: every function,
 * and arrays with NumPy's methods.
 */

// The bare import is what keeps the methods in the types that users see.
import "./methods.ts";

export { type Py, type PyFunction, type PyPositional, py } from "./expr/py.ts";
export * from "./functions.ts";
