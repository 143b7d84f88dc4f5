import type { Page } from 'playwright-core';

/** What has the focus, by the name that a screen reader says, and whether it can be seen to have it. */
export function focused(page: Page): Promise<{ name: string; role: string; visible: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return { name: '', role: '', visible: false };
    const labels = 'labels' in element ? (element.labels as NodeListOf<HTMLElement> | null) : null;
    const name =
      element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent;
    const style = getComputedStyle(element);
    const hasOutline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    const type = element instanceof HTMLInputElement ? element.type : element.localName;
    return {
      name: name.replace(/\s+/g, ' ').trim(),
      role: type,
      visible: hasOutline || style.boxShadow !== 'none',
    };
  });
}

/** Presses Tab until something of that name has the focus. Errors: when there is no such stop, or one cannot be seen. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const met: string[] = [];
  for (let i = 0; i < 200; i++) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (now.role !== 'body' && !now.visible) {
      throw new Error(`The focus cannot be seen on "${now.name}" (${now.role}).`);
    }
    met.push(now.name);
    if (typeof name === 'string' ? now.name === name : name.test(now.name)) return;
  }
  throw new Error(
    `Tab never comes to "${String(name)}"; it came to: ${[...new Set(met)].join(' | ')}`,
  );
}
