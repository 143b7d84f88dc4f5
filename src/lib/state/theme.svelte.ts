export const themes = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

const key = 'interplay-lab:theme';

/** Which colours the page has; kept for the next visit. */
export class ThemeChoice {
  value = $state<Theme>('system');

  constructor() {
    const stored = localStorage.getItem(key);
    this.set(themes.find((theme) => theme === stored) ?? 'system');
  }

  set(theme: Theme): void {
    this.value = theme;
    localStorage.setItem(key, theme);
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  }
}
