import type { inspectReduction, inspectScan } from "./inspect-steps.ts";

/**
 * Who tells of the floating point errors of reductions and accumulations: set while somebody asks for them (errstate.ts), so
 * that who only sums does not load what tells.
 */
export interface StepInspector {
  readonly reduction: typeof inspectReduction;
  readonly scan: typeof inspectScan;
}

let inspector: StepInspector | null = null;

/** Sets who tells, null for nobody. */
export function watchSteps(next: StepInspector | null): void {
  inspector = next;
}

export function stepInspector(): StepInspector | null {
  return inspector;
}
