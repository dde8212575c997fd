/** A value with named parts: what `np.iinfo` and `np.unique_all` give. */
export class NamedParts {
  readonly name: string;
  readonly parts: ReadonlyMap<string, unknown>;
  /** Whether it is a tuple too, as named tuples are. */
  readonly isTuple: boolean;

  constructor(name: string, parts: ReadonlyMap<string, unknown>, isTuple: boolean) {
    this.name = name;
    this.parts = parts;
    this.isTuple = isTuple;
  }

  get values(): readonly unknown[] {
    return [...this.parts.values()];
  }

  /** `UniqueCounts(values=array([1]), counts=array([2]))`. */
  text(values: readonly string[]): string {
    return `${this.name}(${[...this.parts.keys()].map((key, k) => `${key}=${values[k]}`).join(", ")})`;
  }
}
