import type { Random } from '../../lib/domain/random';

/** One of some values; there must be one. */
export function pick<T>(values: readonly T[], random: Random): T {
  return values[Math.floor(random() * values.length)] as T;
}

/** How one made-up person types. */
export interface Style {
  lowerCase: boolean;
  /** Between sentences. */
  join: string;
  end: string;
}

export function randomStyle(random: Random): Style {
  return {
    lowerCase: random() < 0.3,
    join: pick(['. ', '. ', ', ', '! '], random),
    end: pick(['.', '.', '', '', '!'], random),
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Sentences as this person would type them; names and titles keep their case. */
export function typed(sentences: readonly string[], style: Style): string {
  const ended = /[.?!]$/;
  const joined = sentences.reduce((text, sentence, i) => {
    if (i === 0) return style.lowerCase ? sentence : capitalised(sentence);
    const join = ended.test(text) ? ' ' : style.join;
    const starts = join !== ', ' && !style.lowerCase;
    return text + join + (starts ? capitalised(sentence) : sentence);
  }, '');
  return ended.test(joined) ? joined : joined + style.end;
}
