/** Python: NumPy and torch in a process of their own, on the same bytes. */

export { type Python, type PythonOptions, startPython } from "./python-process.ts";
export {
  type Shared,
  type SharedKeywords,
  type SharedOptions,
  type SharedRequirement,
  type SharedView,
  share,
  sharedArray,
  torch,
} from "./shared-arrays.ts";
