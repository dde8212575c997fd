/**
 * Colours. Elements are coloured by a ramp whose lightness only grows, so that it is read in grey and by those who do not
 * tell some hues apart; the letters on it are black or white, whichever stands out more. All the rest are a few colours
 * with values for light and dark, which a page may set by CSS variables. Nothing is said by colour alone.
 */

/** The ramp at even distances. */
const ANCHORS = ["#3b2c72", "#38598f", "#26858e", "#3fab78", "#93cf54", "#f5e355"];

/** Colours between which the ramp is drawn: neighbours can just be told apart. */
export const SHADES = 32;

type Rgb = readonly [number, number, number];

function rgbOf(hex: string): Rgb {
  const part = (k: number) => Number.parseInt(hex.slice(1 + 2 * k, 3 + 2 * k), 16);
  return [part(0), part(1), part(2)];
}

/** The number of the colour of a place between 0 and 1. */
export function shadeNumber(shade: number): number {
  return Math.min(SHADES - 1, Math.max(0, Math.round(shade * (SHADES - 1))));
}

/** A colour of the ramp, and the colour of letters on it. */
export function shadeColours(number: number): { fill: string; ink: string } {
  const place = (number / (SHADES - 1)) * (ANCHORS.length - 1);
  const k = Math.min(ANCHORS.length - 2, Math.floor(place));
  const [from, to] = [rgbOf(ANCHORS[k]!), rgbOf(ANCHORS[k + 1]!)];
  const mixed = from.map((part, c) => Math.round(part + (to[c]! - part) * (place - k))) as unknown as Rgb;
  const fill = `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  return { fill, ink: luminance(mixed) > 0.179 ? "#000" : "#fff" };
}

/** Relative luminance as WCAG defines it. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const x = part / 255;
    return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Each colour: what a page may call it, and its light and dark value, and that where colours are forced. */
const PALETTE: readonly (readonly [name: string, light: string, dark: string, forced: string])[] = [
  ["paper", "#ffffff", "#0f141b", "Canvas"],
  ["ink", "#1b2330", "#e6ebf2", "CanvasText"],
  ["faint", "#57606e", "#a3afbe", "CanvasText"],
  ["line", "#8a94a3", "#6c7888", "CanvasText"],
  ["bare", "#f1f3f6", "#1a212b", "Canvas"],
  ["hatch", "#c3cad4", "#3c4755", "CanvasText"],
  ["axis0", "#b93a0b", "#ff9d5c", "CanvasText"],
  ["axis1", "#1d4fd8", "#7db0ff", "CanvasText"],
  ["axis2", "#0a7a55", "#45d6a0", "CanvasText"],
  ["axis3", "#8421c9", "#cf95ff", "CanvasText"],
];

/** How many axes have colours of their own. */
export const AXIS_COLOURS = 4;

function variables(column: 1 | 2 | 3): string {
  return PALETTE.map((row) => {
    const value = column === 3 ? row[3] : `var(--nd-${row[0]},${row[column]})`;
    return `--${row[0]}:${value}`;
  }).join(";");
}

const RULES = [
  "& text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:var(--ink)}",
  "& .nd-m{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}",
  "& .nd-v{font-size:13px;text-anchor:middle}",
  "& .nd-s{font-size:10px;text-anchor:middle}",
  "& .nd-a{font-size:10px;fill:var(--faint)}",
  "& .nd-h{font-weight:600;font-size:14px}",
  "& .nd-f{fill:var(--faint)}",
  "& .nd-e{text-anchor:end}",
  "& .nd-c{text-anchor:middle}",
  "& .nd-box{stroke:var(--paper);stroke-width:1.5}",
  "& .nd-frame{fill:none;stroke:var(--line)}",
  "& .nd-bare{fill:var(--bare);stroke:var(--line)}",
  "& .nd-part{fill:var(--bare)}",
  "& .nd-shared{fill:none;stroke:var(--ink);stroke-width:2;stroke-dasharray:4 3}",
  "& .nd-path{fill:none;stroke-width:1.75}",
  "& .nd-guide{stroke:var(--line);stroke-dasharray:1 3}",
  "& .nd-hatch{stroke:var(--hatch);stroke-width:1.5}",
  "& .nd-paper{fill:var(--paper)}",
  "& .nd-title{font-size:16px;font-weight:600}",
  "& .nd-halo{stroke:var(--paper);stroke-width:4;stroke-linejoin:round;paint-order:stroke}",
  "& .nd-again{stroke:var(--ink);stroke-dasharray:3 3}",
];

function axisRules(): string[] {
  const dashes = ["none", "7 3", "2 3", "9 3 2 3"];
  return dashes.map(
    (dash, k) =>
      `& .nd-x${k}{stroke:var(--axis${k});stroke-dasharray:${dash}}& .nd-t${k}{fill:var(--axis${k})}& .nd-d${k}{fill:var(--axis${k});stroke:none}`,
  );
}

/** A rule whose colours are also there as they are, for what draws SVG and knows no CSS variables. */
function withFallback(rule: string, column: 1 | 2): string {
  return rule.replace(/(fill|stroke):var\(--(\w+)\)/g, (declaration, property, name) => {
    const colour = PALETTE.find((row) => row[0] === name)![column];
    return `${property}:${colour};${declaration}`;
  });
}

/** The style of one picture, whose rules reach no further than its id. */
export function styleSheet(id: string, theme: "auto" | "light" | "dark", shades: Iterable<number>): string {
  const own = (rule: string) => rule.replaceAll("&", `#${id}`);
  const column = theme === "dark" ? 2 : 1;
  const rules = [...RULES, ...axisRules()].map((rule) => withFallback(rule, column));
  const cells = [...shades].map((number) => {
    const { fill, ink } = shadeColours(number);
    return `& .nd-k${number} .nd-box{fill:${fill}}& .nd-k${number} text{fill:${ink}}`;
  });
  // The class that every cell has twice makes these rules stronger than those of its colour.
  const plain = [".nd-box.nd-box.nd-box{fill:Canvas;stroke:CanvasText}", "g.nd-g.nd-g text{fill:CanvasText}"];
  const sheets = [
    `&{${variables(column)}}`,
    theme === "auto" ? `@media (prefers-color-scheme:dark){&{${variables(2)}}}` : "",
    ...rules,
    ...cells,
    `@media (forced-colors:active){&{${variables(3)}}& ${plain.join("& ")}}`,
  ];
  return own(sheets.join(""));
}
