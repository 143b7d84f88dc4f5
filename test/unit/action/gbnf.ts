import type { Random } from '../../../src/lib/domain/random';

/*
 * The GBNF subset that `actionGrammar` writes, read independently of it: literals, negated character classes,
 * references, groups, alternatives, and the suffixes `?` and `*`.
 */

type Node =
  | { kind: 'literal'; text: string }
  | { kind: 'not'; chars: ReadonlySet<string> }
  | { kind: 'rule'; name: string }
  | { kind: 'sequence'; parts: readonly Node[] }
  | { kind: 'choice'; options: readonly Node[] }
  | { kind: 'optional'; part: Node }
  | { kind: 'many'; part: Node };

export type Grammar = ReadonlyMap<string, Node>;

export function readGrammar(text: string): Grammar {
  const rules = new Map<string, Node>();
  for (const line of text.split('\n').filter((l) => l !== '')) {
    const match = /^([a-z][a-z0-9-]*) ::= (.*)$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) throw new Error(`no rule: ${line}`);
    if (rules.has(match[1])) throw new Error(`rule twice: ${match[1]}`);
    rules.set(match[1], new Reader(match[2]).read());
  }
  for (const node of rules.values()) checkReferences(node, rules);
  return rules;
}

function checkReferences(node: Node, rules: Grammar): void {
  if (node.kind === 'rule' && !rules.has(node.name)) throw new Error(`no such rule: ${node.name}`);
  if (node.kind === 'sequence') node.parts.forEach((part) => checkReferences(part, rules));
  if (node.kind === 'choice') node.options.forEach((part) => checkReferences(part, rules));
  if (node.kind === 'optional' || node.kind === 'many') checkReferences(node.part, rules);
}

class Reader {
  private at = 0;
  constructor(private readonly body: string) {}

  read(): Node {
    const node = this.choice();
    if (this.at < this.body.length) throw new Error(`left over: ${this.body.slice(this.at)}`);
    return node;
  }

  private choice(): Node {
    const options = [this.sequence()];
    while (this.body[this.at] === '|') {
      this.at += 1;
      options.push(this.sequence());
    }
    return options.length === 1 ? (options[0] as Node) : { kind: 'choice', options };
  }

  private sequence(): Node {
    const parts: Node[] = [];
    for (this.space(); this.at < this.body.length && !'|)'.includes(this.here()); this.space()) {
      parts.push(this.suffixed());
    }
    if (parts.length === 0) throw new Error(`empty sequence in: ${this.body}`);
    return parts.length === 1 ? (parts[0] as Node) : { kind: 'sequence', parts };
  }

  private suffixed(): Node {
    const part = this.part();
    const suffix = this.here();
    if (suffix !== '?' && suffix !== '*') return part;
    this.at += 1;
    return { kind: suffix === '?' ? 'optional' : 'many', part };
  }

  private part(): Node {
    const first = this.here();
    if (first === '(') {
      this.at += 1;
      const inner = this.choice();
      if (this.here() !== ')') throw new Error(`unclosed group in: ${this.body}`);
      this.at += 1;
      return inner;
    }
    if (first === '"') return { kind: 'literal', text: this.until('"') };
    if (first === '[') {
      const chars = this.until(']');
      if (!chars.startsWith('^')) throw new Error('only negated classes are known');
      return { kind: 'not', chars: new Set(chars.slice(1)) };
    }
    const name = /^[a-z][a-z0-9-]*/.exec(this.body.slice(this.at))?.[0];
    if (name === undefined) throw new Error(`cannot read: ${this.body.slice(this.at)}`);
    this.at += name.length;
    return { kind: 'rule', name };
  }

  /** The unescaped text up to the closing mark, which is passed over. */
  private until(close: string): string {
    let text = '';
    for (this.at += 1; this.here() !== close; this.at++) {
      if (this.at >= this.body.length) throw new Error(`unclosed ${close} in: ${this.body}`);
      text += this.here() === '\\' ? this.escape() : this.here();
    }
    this.at += 1;
    return text;
  }

  private escape(): string {
    this.at += 1;
    const mark = this.here();
    if (mark === 'x') {
      const hex = this.body.slice(this.at + 1, this.at + 3);
      this.at += 2;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    const known: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
    const found = known[mark];
    if (found === undefined) throw new Error(`unknown escape \\${mark}`);
    return found;
  }

  private here(): string {
    return this.body[this.at] ?? '';
  }

  private space(): void {
    while (this.here() === ' ') this.at += 1;
  }
}

const alphabet = [...'abz AZ019.,!?\'"\\:|()-é映$&<>/'];

/** A random text of the grammar; every optional part and alternative has its chance. */
export function sample(grammar: Grammar, random: Random): string {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const write = (node: Node): string => {
    switch (node.kind) {
      case 'literal':
        return node.text;
      case 'not':
        return pick(alphabet.filter((char) => !node.chars.has(char)));
      case 'rule':
        return write(grammar.get(node.name) as Node);
      case 'sequence':
        return node.parts.map(write).join('');
      case 'choice':
        return write(pick(node.options));
      case 'optional':
        return random() < 0.5 ? '' : write(node.part);
      case 'many': {
        let text = '';
        while (random() < 0.85) text += write(node.part);
        return text;
      }
    }
  };
  return write(grammar.get('root') as Node);
}

/** Whether the grammar derives the whole text. Characters are Unicode code points. */
export function accepts(grammar: Grammar, text: string): boolean {
  const chars = [...text];
  const step = (node: Node, starts: ReadonlySet<number>): Set<number> => {
    switch (node.kind) {
      case 'literal': {
        const wanted = [...node.text];
        const fits = [...starts].filter((at) => wanted.every((c, i) => chars[at + i] === c));
        return new Set(fits.map((at) => at + wanted.length));
      }
      case 'not':
        return new Set(
          [...starts]
            .filter((at) => at < chars.length && !node.chars.has(chars[at] as string))
            .map((at) => at + 1),
        );
      case 'rule':
        return step(grammar.get(node.name) as Node, starts);
      case 'sequence':
        return node.parts.reduce((at, part) => step(part, at), new Set(starts));
      case 'choice':
        return new Set(node.options.flatMap((option) => [...step(option, starts)]));
      case 'optional':
        return new Set([...starts, ...step(node.part, starts)]);
      case 'many': {
        const all = new Set(starts);
        let edge = new Set(starts);
        while (edge.size > 0) {
          edge = new Set([...step(node.part, edge)].filter((at) => !all.has(at)));
          edge.forEach((at) => all.add(at));
        }
        return all;
      }
    }
  };
  return step(grammar.get('root') as Node, new Set([0])).has(chars.length);
}
