/**
 * Loaded before a test file, this makes every array move to the memory of kernels as soon as one is about to work on it,
 * whatever its size, and that memory small, so that it grows in many steps and is then always full: `npm test -- --near`. What keeps a typed array of a storage
 * for too long gives wrong numbers then, and fails its test.
 */

import { WRITEABLE } from "../src/array/flags.ts";
import { observeArrays } from "../src/array/ndarray.ts";
import { roomRules } from "../src/array/residence.ts";
import { Storage } from "../src/array/storage.ts";

const met = new WeakSet<Storage>();

// The room is small, grows often, and is full soon.
Object.assign(roomRules, { first: 8192, most: 1 << 19, calm: 8 });
observeArrays(({ storage, base, bits }) => {
  if (met.has(storage)) return;
  met.add(storage);
  const isOwn = base === null && (bits & WRITEABLE) !== 0 && storage.constructor === Storage;
  if (isOwn && storage.lender === null) storage.patience = 1;
});
