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

const { stdin, stdout, stderr, env } = process;
const words = process.argv.slice(2);
const around = { stdout, stderr, env, version };

/** What works on expressions is loaded by who asks for it. */
async function run(): Promise<number> {
  if (words[0] === "eval" && !words.includes("--help")) {
    return (await import("./cli/eval.ts")).runEval(words.slice(1), around);
  }
  if (words.length === 0 || /^(--in|-i)\b/.test(words[0] as string)) {
    return (await import("./cli/shell.ts")).runShell(words, stdin, around);
  }
  return runCommand(words, around);
}

process.exitCode = await run();
