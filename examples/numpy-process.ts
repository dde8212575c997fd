/**
 * One buffer, two languages: an array lies in a file in memory that NumPy maps too. NumPy filters and decomposes it where it
 * lies; here it is looked at through views. Nothing is sent from one to the other but a few words.
 * Run with `npx tsx examples/numpy-process.ts`; it needs a Python with NumPy, and the package koffi.
 */
import * as np from "ndview";
import { type Python, share, sharedArray, startPython, torch } from "ndview/interop/python";

async function start(): Promise<Python | null> {
  try {
    return await startPython({ command: process.env.NDVIEW_PYTHON ?? "python3" });
  } catch {
    return null;
  }
}

/** How far pixels are from the next one in their row. */
function roughness(picture: np.NDArray<"float64">): number {
  return np.mean(np.absolute(np.diff(picture)));
}

async function pipeline(python: Python): Promise<void> {
  // 1. A picture in grey, in memory that both have. No view of it is ever a copy.
  const picture = np.loadSync(new URL("../samples/astronaut.npy", import.meta.url)) as np.NDArray<"uint8">;
  const [rows, columns] = picture.shape as [number, number];
  const grey = sharedArray([rows, columns], "float64");
  np.mean(picture, { axis: 2, out: grey });
  const mirrored = grey.slice(":", "::-1");
  const there = await python.run("result = [list(m.strides), bool(m[0, 0] == m[0, ::-1][-1])]", {
    m: mirrored,
  });
  console.log("NumPy has the strides of the mirrored view:", there, "as it lies here:", mirrored.strides);

  // 2. NumPy takes the small waves out, in place; the values here are the new ones at once.
  const before = roughness(grey);
  await python.run(
    `waves = np.fft.fft2(a)
keep = np.abs(np.fft.fftfreq(len(a)))[:, None] + np.abs(np.fft.fftfreq(a.shape[1])) < 0.1
a[...] = np.fft.ifft2(waves * keep).real`,
    { a: grey },
  );
  console.log("neighbours differ by", before.toFixed(2), "before and by", roughness(grey).toFixed(2), "now");

  // 3. A window of it, decomposed; what comes back is a file in memory as well.
  const window = grey.slice("8:72", "32:96");
  const values = (await python.run("result = np.linalg.svd(w, compute_uv=False)", {
    w: window,
  })) as np.NDArray<"float64">;
  const energy = np.divide(np.cumsum(np.square(values)), np.sum(np.square(values)));
  console.log("singular values of the window:", values.shape, "three of them keep", energy.at(2).toFixed(3));

  // 4. Who cannot take a view is not given it: the gate copies, and says why.
  for (const [name, view] of Object.entries({ grey, turned: grey.T, mirrored })) {
    const { copied, reason } = share(view, torch);
    console.log(`for torch, ${name}:`, copied ? `a copy, because ${reason}` : "the same memory");
  }
  await python.close();
}

const python = await start();
if (python === null) console.log("left out: there is no Python with NumPy here; name one in NDVIEW_PYTHON");
else await pipeline(python);
