const WIDTH = 30;
/** Shorter readings are over before a bar could be seen. */
const WORTH_IT = 33_554_432;

/** Draws how far a reading is, on a terminal; and what takes the bar away again. */
export function progressBar(stream: { readonly isTTY?: boolean | undefined; write(text: string): unknown }): {
  readonly onProgress: (done: number, total: number) => void;
  readonly clear: () => void;
} {
  let drawn = -1;
  const onProgress = (done: number, total: number): void => {
    const percent = Math.floor((done / total) * 100);
    if (stream.isTTY !== true || total < WORTH_IT || percent === drawn) return;
    drawn = percent;
    const full = Math.round((done / total) * WIDTH);
    const bar = "█".repeat(full) + "░".repeat(WIDTH - full);
    stream.write(`\r${bar} ${String(percent).padStart(3)} % of ${bytesText(total)}`);
  };
  return { onProgress, clear: () => void (drawn >= 0 && stream.write("\r\x1b[2K")) };
}

/** Bytes for a person: `512 bytes`, `1.5 MB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  const units = ["kB", "MB", "GB", "TB", "PB"];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power - 1]}`;
}
