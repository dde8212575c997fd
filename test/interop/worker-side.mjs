// The worker of workers.test.ts: writes into the array that it shares, and sends one of its own.
import { parentPort } from "node:worker_threads";
import * as np from "ndview";
import { pack, unpack } from "ndview/interop/workers";

parentPort.once("message", (message) => {
  const { shared } = unpack(message);
  shared.set([1, 2], 7);
  parentPort.postMessage(...pack({ doubled: np.multiply(shared, 2).T }, { move: true }));
});
