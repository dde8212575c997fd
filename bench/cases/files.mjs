// Loading and saving 8 MB. NumPy's setup writes the file that both read.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const FILE = 'path = here + "/million.npy"; np.save(path, np.arange(1e6).reshape(1000, 1000))';
const path = (here) => join(here, "million.npy");

export const fileCases = [
  {
    name: "load .npy of 8 MB from a file",
    python: { setup: FILE, run: "np.load(path)" },
    ndview: (np, here) => () => np.loadSync(path(here)),
  },
  {
    name: "load .npy of 8 MB from a file, awaited",
    python: { setup: FILE, run: "np.load(path)" },
    ndview: (np, here) => () => np.load(path(here)),
  },
  {
    name: "load .npy of 8 MB from bytes",
    python: { setup: `import io\n${FILE}\ndata = open(path, "rb").read()`, run: "np.load(io.BytesIO(data))" },
    ndview(np, here) {
      const data = readFileSync(path(here));
      return () => np.loadSync(data, { as: "npy" });
    },
    loop(_, here) {
      const data = readFileSync(path(here));
      return () => new Float64Array(new Uint8Array(data.subarray(128)).buffer);
    },
  },
  {
    name: "load .npy of 10 numbers from bytes",
    python: {
      setup: "import io\nio_ = io.BytesIO(); np.save(io_, np.arange(10.0)); data = io_.getvalue()",
      run: "np.load(io.BytesIO(data))",
    },
    ndview(np) {
      const data = np.npyBytes(np.arange(10, "float64"));
      return () => np.loadSync(data, { as: "npy" });
    },
  },
].map((one) => ({ ...one, group: "files", target: 1 }));
