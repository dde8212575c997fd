#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { runCommand } from "./cli/command.ts";

// A reader that has seen enough, such as head, closes the pipe; that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

function version(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

const { stdout, stderr, env } = process;
process.exitCode = runCommand(process.argv.slice(2), { stdout, stderr, env, version });
