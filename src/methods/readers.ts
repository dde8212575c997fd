import { castDatesWith, castNumbersWith } from "../array/caststrings.ts";
import { readWith } from "../array/create.ts";
import { castDateStrings, unitOfTexts } from "../array/date-strings.ts";
import { fromLists } from "../array/fromlists.ts";
import { castNumbers } from "../array/textcasts.ts";
import { parseTextWith } from "../dtype/convert.ts";
import { pythonParser } from "../dtype/number-parse.ts";
import { readAllSpecs } from "../dtype/parse.ts";
import { knowDates } from "../engine/dates.ts";
import { computeStringsWith } from "../engine/string-hook.ts";
import { strings } from "../engine/string-ufuncs.ts";

/** What every function of `ndview` reads, and those of `ndview/functions` alone do not: nested lists, dtypes with
 * fields, and numbers written as text. */

readWith(fromLists);
readAllSpecs();
knowDates();
parseTextWith(pythonParser);
castNumbersWith(castNumbers);
castDatesWith(castDateStrings, unitOfTexts);
computeStringsWith(strings);
