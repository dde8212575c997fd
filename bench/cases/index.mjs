// All cases. A case is a row: a name, a group, a target (the time that is allowed against NumPy's), a piece of
// Python, and for each contender in JavaScript a function that makes ready and returns what is timed.
import { copyCases } from "./copies.mjs";
import { createCases } from "./create.mjs";
import { elementCases } from "./elements.mjs";
import { peerCases } from "./engine.mjs";
import { fileCases } from "./files.mjs";
import { gridCases } from "./grid.mjs";
import { memoryCases } from "./memory.mjs";
import { suiteCases } from "./suite.mjs";
import { textCases } from "./texts.mjs";
import { viewCases } from "./views.mjs";

export const cases = [
  ...viewCases,
  ...elementCases,
  ...copyCases,
  ...createCases,
  ...memoryCases,
  ...textCases,
  ...fileCases,
  ...peerCases,
  ...suiteCases,
  ...gridCases,
];
