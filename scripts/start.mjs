// npm start [-- --port N] [-- --host NAME]: sets up, builds the explorer when it is not up to date, and serves it.
import { parseArgs } from "node:util";
import { setup } from "./setup.mjs";

const USAGE = "npm start -- [--port N] [--host NAME]; a file is shown by: npx ndview FILE [INDEX]";

function fail(message) {
  console.error(`start: ${message}\n${USAGE}`);
  process.exit(2);
}

function readOptions() {
  try {
    const options = {
      port: { type: "string" },
      host: { type: "string" },
      help: { type: "boolean", short: "h" },
    };
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return fail(error.message);
  }
}

const { values, positionals } = readOptions();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
if (positionals.length > 0) fail(`${positionals[0]} is no option`);
const port = values.port === undefined ? undefined : Number(values.port);
if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
  fail(`--port takes a number from 0 (any that is free) to 65535, not ${values.port}`);
}

setup();
const { buildExplorer, serveExplorer } = await import("./explorer.mjs");
await buildExplorer();
try {
  const { url, port: chosen, close } = await serveExplorer({ port, host: values.host });
  if (port && chosen !== port) console.error(`ndview: port ${port} is in use`);
  console.log(`The explorer is at ${url}`);
  console.log("Stop it with Ctrl+C.");
  const stop = () => {
    // What is still open is cut off: the page needs nothing more from here.
    setTimeout(() => process.exit(0), 500).unref();
    void close().then(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
} catch (error) {
  fail(`cannot serve: ${error.message}`);
}
