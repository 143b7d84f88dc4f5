/*
 * What is timed within the page: from an act until the list shows what it leads to, drawn. A module of the served site;
 * the bench imports it in each page.
 */

/** What the list says of itself: how many there are, how many were looked through. */
export const said = (): string =>
  document.querySelector('.list [role=status]')?.textContent.trim() ?? '';

export function rowsAreThere(): boolean {
  const rows = [...document.querySelectorAll('[data-row]')].slice(0, 12);
  return rows.length > 0 && rows.every((row) => row.querySelector('button') !== null);
}

const longest = 60_000;

/** Milliseconds from before `act` until `holds`, looked at once a frame. */
export async function timed(act: () => void, holds: () => boolean): Promise<number> {
  const started = performance.now();
  act();
  for (;;) {
    await new Promise((done) => requestAnimationFrame(done));
    if (holds()) return performance.now() - started;
    if (performance.now() - started > longest) throw new Error(`It did not come to be: ${said()}`);
  }
}

function selectOf(label: string): HTMLSelectElement | null {
  const found = [...document.querySelectorAll<HTMLLabelElement>('.filters label')].find(
    (each) => each.textContent.trim() === label,
  );
  const field = document.getElementById(found?.htmlFor ?? '');
  return field instanceof HTMLSelectElement ? field : null;
}

/** Places of a filter's values that leave some dialogues out: of the others the list would not show that it has changed. */
function narrowing(label: string): number[] {
  const all = said().split(' ', 1)[0] ?? '';
  return [...(selectOf(label)?.options ?? [])]
    .filter(({ value, text }) => value !== '' && !text.endsWith(`(${all})`))
    .map(({ index }) => index);
}

/** Filters that have such values. */
export function filterLabels(): string[] {
  return [...document.querySelectorAll<HTMLLabelElement>('.filters label')]
    .map((label) => label.textContent.trim())
    .filter((label) => label !== 'Order' && narrowing(label).length > 0);
}

/** Chooses the `nth` such value of a filter, from 1 and around again, and takes it back: how long each took. */
export async function filtered(label: string, nth: number): Promise<number[]> {
  const places = narrowing(label);
  const choose = (index: number) => {
    const field = selectOf(label);
    if (!field) throw new Error(`There is no filter "${label}".`);
    const before = said();
    return timed(
      () => {
        field.selectedIndex = index;
        field.dispatchEvent(new Event('change', { bubbles: true }));
      },
      () => said() !== before && rowsAreThere(),
    );
  };
  return [await choose(places[(nth - 1) % places.length] ?? 0), await choose(0)];
}

/** Searches words: until the first hits are there, and until all was looked through. */
export async function searched(words: string): Promise<[first: number, all: number]> {
  const field = document.querySelector<HTMLInputElement>('.filters input[type=search]');
  if (!field) throw new Error('There is no search field.');
  const type = (text: string) => {
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const before = said();
  const first = await timed(
    () => type(words),
    () => said() !== before && rowsAreThere(),
  );
  const rest = await timed(
    () => undefined,
    () => !said().includes('Searching'),
  );
  await timed(
    () => type(''),
    () => said() === before && rowsAreThere(),
  );
  return [first, first + rest];
}
