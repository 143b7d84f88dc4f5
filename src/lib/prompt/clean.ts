/**
 * Text that is safe inside a prompt: one line, and no special tokens, so that what one role says can
 * neither close its message nor pass for a fact card, an action line or another role.
 */
export function cleanText(text: string): string {
  return text
    .replace(/<\|[^|<>]*\|>/g, ' ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
