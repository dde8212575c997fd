/** Joining, repeating, padding and moving elements. */

export { type Blocks, block } from "../ops/block.ts";
export {
  type ArrayList,
  type ConcatenateOptions,
  concat,
  concatenate,
  type Joined,
  type JoinedDType,
  type JoinKeywords,
} from "../ops/concatenate.ts";
export {
  columnStack,
  dstack,
  hstack,
  type Stacked,
  type StackOptions,
  stack,
  vstack,
} from "../ops/stack.ts";
