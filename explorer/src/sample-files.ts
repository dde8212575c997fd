import astronaut from "../../samples/astronaut.npy?url";
import weather from "../../samples/seattle-weather.npy?url";
import { addFile } from "./program.ts";
import { files, notice } from "./state.ts";

/** Files of the page's own, fetched from where the page comes from when a program names them. */
const samples: readonly { readonly variable: string; readonly name: string; readonly url: string }[] = [
  { variable: "astronaut", name: "astronaut.npy", url: astronaut },
  { variable: "seattle_weather", name: "seattle-weather.npy", url: weather },
];

/** Sees to it that what the program names is there. */
export async function withSamples(source: string): Promise<void> {
  const missing = samples.filter(
    ({ variable }) =>
      new RegExp(`\\b${variable}\\b`).test(source) &&
      !files.peek().some((file) => file.variable === variable),
  );
  for (const { variable, name, url } of missing) {
    try {
      const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
      await addFile({ kind: "npy", name, variable, bytes });
    } catch (error) {
      notice.value = `${name}: ${(error as Error).message}`;
    }
  }
}
