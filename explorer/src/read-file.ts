import type { FileSent } from "./protocol.ts";

/** More than this is not read: the page would need several times as much memory. */
const MOST_BYTES = 1_000_000_000;

/** A dropped file as bytes with a name for a variable. Pictures are decoded here, as the browser does. */
export async function readFile(file: File, taken: readonly string[]): Promise<FileSent> {
  if (file.size > MOST_BYTES)
    throw new Error(`${file.size} bytes are more than the page reads (${MOST_BYTES})`);
  const variable = variableName(file.name, taken);
  const { name } = file;
  const kind = /\.(npy|npz)$/i.exec(name)?.[1]?.toLowerCase();
  if (kind === "npy" || kind === "npz")
    return { kind, name, variable, bytes: new Uint8Array(await file.arrayBuffer()) };
  if (!file.type.startsWith("image/")) throw new Error("neither .npy, .npz nor an image");
  return { kind: "image", name, variable, ...(await pixelsOf(file)) };
}

async function pixelsOf(file: File): Promise<{ bytes: Uint8Array; width: number; height: number }> {
  const bitmap = await createImageBitmap(file, { premultiplyAlpha: "none" }).catch(() => {
    throw new Error("this browser cannot read the image");
  });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (context === null) throw new Error("this browser cannot draw the image");
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { bytes: new Uint8Array(context.getImageData(0, 0, width, height).data.buffer), width, height };
}

/** `my photo-1.png` is `my_photo_1`; a name that is taken by another file gets a number. */
function variableName(name: string, taken: readonly string[]): string {
  const stem = name
    .replace(/\.[^.]*$/, "")
    .replace(/\W+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase();
  const base = /^[a-z_]/.test(stem) ? stem : `file_${stem}`;
  if (!taken.includes(base)) return base;
  let number = 2;
  while (taken.includes(`${base}_${number}`)) number++;
  return `${base}_${number}`;
}
