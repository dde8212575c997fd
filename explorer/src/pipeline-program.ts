/**
 * A Python script as a program in the notation, which has expressions and assignments but no blocks: prints become the
 * values that they print, sections with loops are left out, and the picture is the page's own.
 */
export function pipelineProgram(text: string): string {
  const body = text.replace(/^"""[\s\S]*?"""\n/, "");
  const [head = "", ...sections] = body.split(/^(?=# \d+\. )/m);
  const kept = [head, ...sections].map(section).filter((part) => part.trim() !== "");
  return `${kept.join("\n\n").trim()}\n`;
}

function section(text: string): string {
  const lines = text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => !/^(import (io|pathlib)\b|np\.set_printoptions)/.test(line));
  const title = lines.find((line) => line.startsWith("#")) ?? "";
  const straight = withoutDefinitions(lines);
  if (straight.some((line) => /^(while|for|with)\b|\bio\./.test(line)))
    return `${title}\n# (left out: it needs a loop or a file)`;
  return straight
    .map(printed)
    .map((line) => line.replace(/np\.load\(pathlib\..*?"astronaut\.npy"\)/, "astronaut"))
    .join("\n")
    .trim();
}

function withoutDefinitions(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let isInside = false;
  for (const line of lines) {
    if (/^def /.test(line)) isInside = true;
    else if (isInside && line !== "" && !/^\s/.test(line)) isInside = false;
    if (!isInside) kept.push(line);
  }
  return kept;
}

/** `show("title", a, b)` is `a, b  # title`. */
function printed(line: string): string {
  const call = /^show\("([^"]*)", (.*)\)$/.exec(line);
  if (call === null) return line;
  const values = (call[2] as string).replace(/"([^"]*)",? ?/g, (whole, inner: string) =>
    inner === "elsewhere" ? "" : whole,
  );
  return `${values}  # ${call[1]}`;
}
