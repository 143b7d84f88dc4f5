import { speak } from '../ui/messages';
import { languageOf, languages, type LanguageCode } from '../ui/languages';

/** How large the type is: `projector` can be read from the last row. */
export const sizes = ['normal', 'projector'] as const;
export type Size = (typeof sizes)[number];

const sizeKey = 'interplay-lab:size';
const languageKey = 'interplay-lab:language';

/** The type size and the language of the pages; both kept for the next visit. One of it, made by the root layout. */
export class Look {
  size = $state<Size>('normal');
  /** Changes when its messages are here: pages drawn before must be drawn again. */
  language = $state<LanguageCode>('en');
  /** Whether the first language's messages are here. */
  settled = $state(false);

  constructor() {
    const stored = localStorage.getItem(sizeKey);
    this.setSize(sizes.find((size) => size === stored) ?? 'normal');
    const wished = [localStorage.getItem(languageKey) ?? '', ...navigator.languages];
    const code = languageOf(wished);
    if (code === 'en') this.settled = true;
    else void this.#begin(code);
  }

  async #begin(code: LanguageCode): Promise<void> {
    try {
      await this.#use(code);
    } catch (reason) {
      // Its file is out of reach: the pages can be used in English.
      console.info('No messages in this language:', reason);
    }
    this.settled = true;
  }

  setSize(size: Size): void {
    this.size = size;
    localStorage.setItem(sizeKey, size);
    const root = document.documentElement;
    if (size === 'normal') delete root.dataset['size'];
    else root.dataset['size'] = size;
  }

  /** Another language for all pages. Errors: those of fetching its messages; then the pages stay as they are. */
  async setLanguage(code: LanguageCode): Promise<void> {
    await this.#use(code);
    localStorage.setItem(languageKey, code);
  }

  async #use(code: LanguageCode): Promise<void> {
    speak(await languages[code].load());
    document.documentElement.lang = code;
    this.language = code;
  }
}
