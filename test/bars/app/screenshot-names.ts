/** Widths of the pictures in docs/screenshots, in pixels. */
export const screenshotWidths = [1440, 390] as const;

/** Name of the picture of a page: "runs-1440.png", "talk-390-dark.png". */
export function screenshotName(path: string, width: number, scheme: 'light' | 'dark'): string {
  const page = path === '/' ? 'talk' : path.slice(1).replaceAll('/', '-');
  return `${page}-${String(width)}${scheme === 'dark' ? '-dark' : ''}.png`;
}
