/** A value with named parts: what `np.iinfo` and `np.unique_all` give. */
export class NamedParts {
  readonly name: string;
  readonly parts: ReadonlyMap<string, unknown>;
  /** Whether it is a tuple too, as named tuples are. */
  readonly isTuple: boolean;

  /** The parts that are printed, as `str` has them; null for all, as `repr` has them. */
  readonly shown: readonly string[] | null;

  constructor(
    name: string,
    parts: ReadonlyMap<string, unknown>,
    isTuple: boolean,
    shown: readonly string[] | null = null,
  ) {
    this.name = name;
    this.parts = parts;
    this.isTuple = isTuple;
    this.shown = shown;
  }

  get values(): readonly unknown[] {
    return [...this.parts.values()];
  }

  /** `UniqueCounts(values=array([1]), counts=array([2]))`. */
  text(values: readonly string[]): string {
    const texts = [...this.parts.keys()].map((key, k) => [key, values[k]] as const);
    const chosen =
      this.shown === null ? texts : this.shown.map((key) => texts.find(([one]) => one === key) ?? [key, ""]);
    return `${this.name}(${chosen.map(([key, text]) => `${key}=${text}`).join(", ")})`;
  }
}
