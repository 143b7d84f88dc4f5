import type { ChatMessage } from '../../contracts/engine';

/**
 * What web-llm's key-value cache holds. web-llm reports only the tokens it had to read; whether it went on from its
 * cache follows from the messages, as it does inside web-llm: the new ones must begin with the last prompt and the
 * answer to it, and that answer must have ended by itself.
 */
export class CacheHistory {
  private messages: readonly ChatMessage[] = [];
  private tokens = 0;
  private complete = false;

  /** Tokens of the cache that a prompt with these messages goes on from. */
  reusable(messages: readonly ChatMessage[]): number {
    if (!this.complete || messages.length !== this.messages.length + 1) return 0;
    const equal = this.messages.every(
      ({ role, content }, i) => messages[i]?.role === role && messages[i].content === content,
    );
    return equal ? this.tokens : 0;
  }

  /** A prompt was answered; `tokens` are now in the cache. */
  answered(messages: readonly ChatMessage[], text: string, tokens: number, stopped: boolean): void {
    this.messages = [...messages, { role: 'assistant', content: text }];
    this.tokens = tokens;
    this.complete = stopped;
  }

  clear(): void {
    this.messages = [];
    this.tokens = 0;
    this.complete = false;
  }
}
