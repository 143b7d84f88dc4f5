import { LabError } from '../../contracts/errors';
import type { LlamaSequence, Token } from './library';

/** Texts as token paths that share their beginnings. */
interface Node {
  children: Map<Token, Node>;
}

/** The model's odds after a prompt and some tokens of an answer, each place computed once. */
export class Forced {
  private readonly known = new Map<string, ReadonlyMap<Token, number>>();

  /** `prompt` are all of the prompt's tokens; `tokenize` reads no special tokens. */
  constructor(
    private readonly tokenize: (text: string) => readonly Token[],
    private readonly sequence: Pick<
      LlamaSequence,
      'adaptStateToTokens' | 'controlledEvaluate' | 'nextTokenIndex'
    >,
    private readonly prompt: readonly Token[],
  ) {}

  /**
   * Natural log of the probability that the model goes on with each text, written with its usual tokens and whatever
   * may follow it; without a grammar, at temperature 1.
   */
  async logProbabilities(texts: readonly string[]): Promise<number[]> {
    const paths = texts.map((text) => this.tokenize(text));
    const tree = treeOf(paths);
    const result: number[] = [];
    for (const path of paths) {
      let sum = 0;
      let node = tree;
      for (const [i, token] of path.entries()) {
        sum += (await this.next(path.slice(0, i), node)).get(token) ?? Number.NEGATIVE_INFINITY;
        node = node.children.get(token) ?? node;
      }
      result.push(sum);
    }
    return result;
  }

  /**
   * For each set of texts the one that the likeliest token at every step leads to, as if a grammar offered just that
   * set: what sampling at temperature 0 does. Sets must not be empty, and no text may begin another one.
   */
  async choose(sets: readonly (readonly string[])[]): Promise<string[]> {
    const paths = sets.map((set) => set.map((text) => ({ text, path: this.tokenize(text) })));
    const tree = treeOf(paths.flatMap((set) => set.map(({ path }) => path)));
    const result: string[] = [];
    for (const set of paths) {
      let left = set;
      let node = tree;
      for (let i = 0; left.length > 1; i++) {
        const offered = [...new Set(left.flatMap(({ path }) => path.slice(i, i + 1)))];
        const best = await this.likeliest(left[0]?.path.slice(0, i) ?? [], node, offered);
        if (best === undefined) break;
        left = left.filter(({ path }) => path[i] === best);
        node = node.children.get(best) ?? node;
      }
      const [only] = left;
      if (only === undefined) throw new RangeError('nothing to choose from');
      result.push(only.text);
    }
    return result;
  }

  private async likeliest(
    path: readonly Token[],
    node: Node,
    offered: readonly Token[],
  ): Promise<Token | undefined> {
    // Where there is no choice, nothing need be computed.
    if (offered.length < 2) return offered[0];
    const odds = await this.next(path, node);
    const of = (token: Token) => odds.get(token) ?? Number.NEGATIVE_INFINITY;
    return offered.reduce((best, token) => (of(token) > of(best) ? token : best));
  }

  /** Log probabilities of a node's children. */
  private async next(path: readonly Token[], node: Node): Promise<ReadonlyMap<Token, number>> {
    const key = path.join(' ');
    const held = this.known.get(key);
    if (held !== undefined) return held;
    const all = [...this.prompt, ...path];
    await this.sequence.adaptStateToTokens(all.slice(0, -1), false);
    const fed = all.slice(this.sequence.nextTokenIndex);
    const last = fed.pop();
    if (last === undefined) throw new RangeError('an empty prompt');
    const filter = { tokens: [...node.children.keys()], includeTop: 1 };
    const answers = await this.sequence.controlledEvaluate([
      ...fed,
      [last, { generateNext: { logits: { filter }, totalLogitWeight: true } }],
    ]);
    const { logits, totalLogitWeight } = answers[fed.length]?.next ?? {};
    if (logits === undefined || totalLogitWeight === undefined) {
      throw new LabError('engine-failed', 'The native engine gave no probabilities.');
    }
    const shift = Math.max(...logits.values()) + Math.log(totalLogitWeight);
    const odds = new Map([...logits].map(([token, logit]) => [token, logit - shift]));
    this.known.set(key, odds);
    return odds;
  }
}

function treeOf(paths: readonly (readonly Token[])[]): Node {
  const root: Node = { children: new Map() };
  for (const path of paths) {
    let node = root;
    for (const token of path) {
      const child = node.children.get(token) ?? { children: new Map<Token, Node>() };
      node.children.set(token, child);
      node = child;
    }
  }
  return root;
}
