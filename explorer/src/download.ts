import { ask } from "./program.ts";
import type { ArrayFacts } from "./protocol.ts";
import { notice } from "./state.ts";

/** Gives an array to the browser as a .npy file to keep. */
export async function downloadNpy({ key, label }: Pick<ArrayFacts, "key" | "label">): Promise<void> {
  try {
    const { bytes } = await ask("npy", { key });
    const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${fileName(label)}.npy`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    notice.value = `${link.download} is downloaded, ${bytes.length} bytes`;
  } catch (error) {
    notice.value = (error as Error).message;
  }
}

const fileName = (label: string): string => label.replace(/\W+/g, "-").replace(/^-+|-+$/g, "") || "array";
