import { pythonLanguage } from "@codemirror/lang-python";
import { LanguageSupport } from "@codemirror/language";

/** The notation is a part of Python, so Python's grammar colours it. Completion is our own. */
export function notation(): LanguageSupport {
  return new LanguageSupport(pythonLanguage);
}
