import type { Translation } from './messages';

export interface Language {
  /** In the language itself. */
  name: string;
  /** Its messages; what it lacks is said in English. Fetched only when it is used. */
  load: () => Promise<Translation>;
}

/**
 * The languages of the pages, by BCP 47 code. A further one is a line here and a `messages-<code>.ts`, typed against the
 * English keys: no component knows of it.
 */
export const languages = {
  en: { name: 'English', load: () => Promise.resolve({}) },
  de: { name: 'Deutsch', load: async () => (await import('./messages-de')).german },
} as const satisfies Readonly<Record<string, Language>>;

export type LanguageCode = keyof typeof languages;
export const languageCodes = Object.keys(languages) as LanguageCode[];

/** The first of the wished languages that there is, by its first subtag; English where there is none. */
export function languageOf(wished: readonly string[]): LanguageCode {
  for (const tag of wished) {
    const found = languageCodes.find((code) => code === tag.toLowerCase().split('-')[0]);
    if (found) return found;
  }
  return 'en';
}
