import { escapeMarkup } from './markup';

/** An SVG element as plain data: a page makes elements of it, an export text. */
export interface SvgNode {
  tag: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly (SvgNode | string)[];
}

export type Attributes = Readonly<Record<string, string | number>>;

/** An element; numbers are shortened, which keeps files small and equal on every machine. */
export function element(
  tag: string,
  attributes: Attributes = {},
  ...children: readonly (SvgNode | string)[]
): SvgNode {
  const texts = Object.entries(attributes).map(
    ([name, value]) => [name, typeof value === 'number' ? short(value) : value] as const,
  );
  return { tag, attributes: Object.fromEntries(texts), children };
}

/** At most two decimals. Errors: of a number that is none, which no file may hold. */
export function short(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`A chart cannot place ${String(value)}.`);
  return String(Math.round(value * 100) / 100);
}

/** The element as text, one child a line. */
export function serialised({ tag, attributes, children }: SvgNode): string {
  const names = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${escapeMarkup(value)}"`,
  );
  if (children.length === 0) return `<${tag}${names.join('')}/>`;
  const inner = children.map((child) =>
    typeof child === 'string' ? escapeMarkup(child) : serialised(child),
  );
  const isText = children.every((child) => typeof child === 'string');
  const content = isText ? inner.join('') : `\n${inner.join('\n')}\n`;
  return `<${tag}${names.join('')}>${content}</${tag}>`;
}
