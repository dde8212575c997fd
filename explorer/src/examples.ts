import { pipelineProgram } from "./pipeline-program.ts";

/** Programs to pick: some made for this page, those of the README in this notation, and the ones in examples/. */

export interface Example {
  readonly name: string;
  readonly group: string;
  readonly program: string;
}

const own: Record<string, string> = import.meta.glob("../examples/*.py", {
  query: "?raw",
  import: "default",
  eager: true,
});
const shipped: Record<string, string> = import.meta.glob("../../examples/*.py", {
  query: "?raw",
  import: "default",
  eager: true,
});

const titles: readonly (readonly [file: string, name: string])[] = [
  ["reversed-image", "Views of an image"],
  ["broadcasting", "Broadcasting"],
  ["windows", "Windows and blocks"],
  ["copies", "Where copies are made"],
  ["kept-alive", "What a view keeps alive"],
  ["million", "A million elements"],
  ["picture", "A picture"],
  ["weather", "Four years of weather"],
];
const tour: readonly (readonly [file: string, name: string])[] = [
  ["tour-views", "README: views"],
  ["tour-overlap", "README: overlapping sides"],
  ["tour-indices", "README: indices and masks"],
  ["tour-sharing", "README: sharing"],
  ["tour-contiguity", "README: contiguity"],
  ["tour-dtypes", "README: dtypes and fields"],
  ["tour-arithmetic", "README: arithmetic"],
];

function listed(group: string, rows: typeof titles): Example[] {
  return rows.map(([file, name]) => ({ name, group, program: own[`../examples/${file}.py`] ?? "" }));
}

function documents(): Example[] {
  return Object.entries(shipped).map(([path, text]) => {
    const name = path.split("/").at(-1) as string;
    return { name: `examples/${name}`, group: "Programs of the documents", program: pipelineProgram(text) };
  });
}

export const examples: readonly Example[] = [
  ...listed("For this page", titles),
  ...listed("Programs of the documents", tour),
  ...documents(),
];

export function exampleNamed(name: string | undefined): Example | undefined {
  return examples.find((example) => example.name === name);
}
