/** A suggestion for a name that is not known: `; did you mean 'reshape'?`, or nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  let best = "";
  let least = Math.min(3, Math.max(1, Math.floor(name.length / 3)));
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > least) continue;
    const far = distance(name.toLowerCase(), candidate.toLowerCase());
    if (far < least || (far === least && best === "")) [best, least] = [candidate, far];
  }
  return best === "" ? "" : `; did you mean '${best}'?`;
}

/** How many letters have to be put in, taken out, changed or exchanged with the next one (Damerau and Levenshtein). */
function distance(a: string, b: string): number {
  if (a.length > 100) return 100;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + same,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] as number) + 1);
      }
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length] as number;
}
