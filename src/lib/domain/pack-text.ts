import type { DomainPack } from '../contracts';

/** A pack as JSON text with one item a line, so that a change of one film is a change of one line. */
export function packToText(pack: DomainPack): string {
  const { items, ...head } = pack;
  const start = JSON.stringify(head, null, 2).replace(/\n}$/, '');
  const lines = items.map((item) => `    ${JSON.stringify(item)}`).join(',\n');
  return `${start},\n  "items": [\n${lines}\n  ]\n}\n`;
}
