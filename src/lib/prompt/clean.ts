const specialToken = /<\|[^|<>]*\|>/g;

/**
 * Text that is safe inside a prompt: one line, and no special tokens, so that what one role says can
 * neither close its message nor pass for a fact card, an action line or another role.
 */
export function cleanText(text: string): string {
  let safe = text;
  // Taking one out can put another together.
  for (let last = ''; last !== safe;) {
    last = safe;
    safe = safe.replace(specialToken, ' ');
  }
  return safe.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
