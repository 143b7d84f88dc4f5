import { afterEach, describe, expect, it } from 'vitest';
import { languageCodes, languageOf, languages } from '../../../src/lib/ui/languages';
import {
  english,
  say,
  speak,
  type MessageKey,
  type Translation,
} from '../../../src/lib/ui/messages';
import { german } from '../../../src/lib/ui/messages-de';

const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

afterEach(() => {
  speak({});
});

describe('the languages of the pages', () => {
  it('have only keys that English has, with no other values to fill in', async () => {
    expect(languageCodes.length).toBeGreaterThan(1);
    for (const code of languageCodes) {
      const messages: Translation = await languages[code].load();
      for (const [key, text] of Object.entries(messages)) {
        expect(english).toHaveProperty([key]);
        const told = names(english[key as MessageKey]);
        for (const name of names(text)) expect(told, `${code} ${key}`).toContain(name);
      }
    }
  });

  it('translate header, guide and tour whole', () => {
    const whole = /^(nav|guide|tour|classroom|share|update|look|control)\./;
    const missing = Object.keys(english).filter((key) => whole.test(key) && !(key in german));
    expect(missing).toEqual([]);
  });

  it('are typed against the English keys', () => {
    // @ts-expect-error: no such key
    const wrong: Translation = { 'nav.nowhere': 'Nirgends' };
    expect(Object.keys(wrong)).toEqual(['nav.nowhere']);
  });

  it('say in English what they lack', () => {
    speak(german);
    expect(say('nav.talk')).toBe('Gespräch');
    expect(say('guide.step.at', { turn: 1, turns: 9 })).toBe('Nach Beitrag 1 von 9');
    expect(say('runs.title')).toBe(english['runs.title']);
  });

  it('are the first that the browser wishes for and there is', () => {
    expect(languageOf(['fr-FR', 'de-AT', 'en'])).toBe('de');
    expect(languageOf(['EN-gb', 'de'])).toBe('en');
    expect(languageOf(['', 'xx'])).toBe('en');
  });
});
