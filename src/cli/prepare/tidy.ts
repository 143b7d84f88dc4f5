/** Some copies of the data keep HTML's escapes, some URL's. */
const escapes: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&amp;': '&',
  '&lt;': ' ',
  '&gt;': ' ',
  '&#39;': "'",
  '%3F': '?',
};

/** Says a message's sentences once where the data's copy says them twice in a row. */
function withoutEcho(text: string): string {
  return text.replace(/(?<=^|[.!?] )(.{12,}?[.!?]?) \1(?= |$)/g, '$1');
}

/**
 * Light tidying that keeps how people write: spelling, grammar and letter case stay. One space between words,
 * none before punctuation, runs of a mark cut to three, straight quotes, "i" as "I", no brackets or bars (they
 * belong to the action line), nothing said twice in a row.
 */
export function tidy(text: string): string {
  const plain = text
    .replace(/&(quot|amp|lt|gt|#39);|%3F/g, (found) => escapes[found] ?? found)
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[[\]{}|<>]/g, ' ')
    .replace(/(@\d+)(?=[A-Za-z])/g, '$1 ')
    .replace(/@(?!\d)/g, '')
    .replace(/([^\s"'(])@(?=\d)/g, '$1 @')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/([!?.,])\1{3,}/g, '$1$1$1')
    .replace(/ +([!?.,;:])(?=[\s!?.,;:]|$)/g, '$1')
    .replace(/(?<=^|\s)i(?=[ ']|$)/g, 'I')
    .trim();
  return withoutEcho(plain);
}
