/** A comma ends a clause only where a new one begins: "not horror, mystery or crime" is one. */
const clauseMark =
  /[.!?;\n]|\bbut\b|\bjust\b|,(?=\s*(?:i|i'[a-z]+|we|let'?s|what|how|more|give|got|maybe|something|please|rather|any|anything|do|is|can|it|that)\b)/gi;

/** The words from the last clause mark to the place from `start` to `end`, and from it to the next mark. */
export function clauseAround(
  text: string,
  start: number,
  end: number,
): { before: string; after: string } {
  const marks = [...text.slice(0, start).matchAll(clauseMark)];
  const last = marks.at(-1);
  const from = last === undefined ? 0 : last.index + last[0].length;
  const rest = text.slice(end);
  const next = /[.!?;,\n]|\bbut\b/i.exec(rest);
  return { before: text.slice(from, start), after: rest.slice(0, next?.index ?? rest.length) };
}
