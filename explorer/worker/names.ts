import { methodTable, nameTable } from "../../src/expr/index.ts";

/** The names that completion offers: below `np`, and below a value. */
export const topNames = (): string[] => [...nameTable().keys()].sort();
export const memberNames = (): string[] => [...methodTable().keys()].sort();
