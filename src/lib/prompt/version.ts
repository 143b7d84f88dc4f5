import { turnsOfPatience } from '../action/rules';
import { hashText } from '../domain/random';
import { goldenPack, goldenRecommenderView, goldenUserViews } from './golden';
import { recommenderPrompt, userPrompt } from './request';

/**
 * Identifies the prompts and grammars of both roles: the first 12 hex digits of the SHA-256 of what they
 * are for the golden views. A model that was fine-tuned under another version refuses to load.
 */
export function promptVersion(): string {
  const rendered = [
    ...goldenUserViews.map((view) => userPrompt(view, goldenPack, 2)),
    recommenderPrompt(
      goldenRecommenderView,
      goldenPack,
      ['Alpha (2001)', 'Beta, the "Second" (1990)'],
      2,
    ),
    recommenderPrompt({ role: 'recommender', turns: [] }, goldenPack, [], 1),
    turnsOfPatience,
  ];
  return hashText(JSON.stringify(rendered)).slice(0, 12);
}
