import type { Role } from '../contracts/action';
import type { Turn } from '../contracts/dialogue';

/**
 * How each role would speak in the other's place, in English: requests for recommendations, and
 * recommendations. A heuristic: it counts what is worth reading.
 */
const foreignSpeech: Record<Role, RegExp> = {
  user: /\b(?:i(?: would|['’]d)? recommend (?!me\b)|(?:you (?:should|might|may) (?:like|enjoy|watch|try|love))|how can i help|what (?:kind|type|sort|genre)s? of \w+ do you (?:like|enjoy|want))/iu,
  recommender:
    /\b(?:i(?: am|['’]m) looking for|(?:can|could) you (?:please )?(?:recommend|suggest)|recommend me\b|thanks for (?:the|your) (?:recommendation|suggestion))/iu,
};

/** Whether role swap can be judged in a language. */
export function judgesRoleSwap(language: string): boolean {
  return /^en\b/i.test(language);
}

/** Whether a turn's words are the other role's, in English. */
export function speaksAsOther(turn: Turn): boolean {
  return foreignSpeech[turn.role].test(turn.text);
}
