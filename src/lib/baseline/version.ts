import { hashText } from '../domain/random';
import { goldenPack } from '../prompt/golden';
import { counterpartPrompt } from './counterpart-prompt';
import { goldenCounterpartViews } from './golden';

/**
 * Identifies the counterpart's prompts and grammars, as `promptVersion` does the roles': the first 12 hex digits of the
 * SHA-256 of what they are for the golden views. A counterpart that was fine-tuned under another one refuses to load.
 */
export function baselinePromptVersion(): string {
  const candidates = ['Alpha (2001)', 'Beta, the "Second" (1990)', 'Delta (2003)'];
  const rendered = goldenCounterpartViews.map((view) =>
    counterpartPrompt(view, goldenPack, candidates, 2),
  );
  return hashText(JSON.stringify(rendered)).slice(0, 12);
}
