/**
 * Loaded before a test file, this makes every array move to the memory of kernels as soon as one is about to work on it,
 * whatever its size, and makes that memory grow in many steps: `npm test -- --near`. What keeps a typed array of a storage
 * for too long gives wrong numbers then, and fails its test.
 */

import { WRITEABLE } from "../src/array/flags.ts";
import { observeArrays } from "../src/array/ndarray.ts";
import { Storage } from "../src/array/storage.ts";
import { makeNearRoom } from "../src/wasm/memory.ts";

const met = new WeakSet<Storage>();

makeNearRoom(4096);
observeArrays(({ storage, base, bits }) => {
  if (met.has(storage)) return;
  met.add(storage);
  const isOwn = base === null && (bits & WRITEABLE) !== 0 && storage.constructor === Storage;
  if (isOwn && storage.lender === null) storage.patience = 1;
});
