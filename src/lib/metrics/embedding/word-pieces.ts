/** A text as the encoder sees it. */
export interface Pieces {
  /** [CLS], the pieces' numbers, [SEP]. */
  ids: Int32Array;
  special: readonly boolean[];
}

const longestWord = 100;
const [unknownPiece, startPiece, endPiece] = ['[UNK]', '[CLS]', '[SEP]'] as const;

/**
 * BERT's tokenizer for lower-case models (Devlin et al. 2019): control characters out, lower case without
 * accents, cut at spaces, punctuation and CJK characters, then the longest known piece first.
 *
 * @param vocabulary one piece a line; a piece's number is its line's
 * @param longest most pieces of a text, [CLS] and [SEP] among them
 */
export function createWordPieces(vocabulary: string, longest: number): (text: string) => Pieces {
  const numbers = new Map(vocabulary.split(/\r?\n/).map((piece, i) => [piece, i]));
  const numberOf = (piece: string): number => numbers.get(piece) ?? -1;
  const unknown = numberOf(unknownPiece);

  const piecesOf = (word: string): number[] => {
    const characters = [...word];
    if (characters.length > longestWord) return [unknown];
    const found: number[] = [];
    for (let start = 0; start < characters.length;) {
      let end = characters.length;
      let number = -1;
      for (; end > start; end--) {
        const piece = characters.slice(start, end).join('');
        number = numberOf(start === 0 ? piece : `##${piece}`);
        if (number >= 0) break;
      }
      if (number < 0) return [unknown];
      found.push(number);
      start = end;
    }
    return found;
  };

  return (text) => {
    const body = wordsOf(text)
      .flatMap(piecesOf)
      .slice(0, longest - 2);
    const ids = Int32Array.from([numberOf(startPiece), ...body, numberOf(endPiece)]);
    return { ids, special: [...ids.keys()].map((i) => i === 0 || i === ids.length - 1) };
  };
}

/** ASCII marks that Unicode counts as symbols are punctuation here too. */
const mark = /[\p{P}$+<=>^`|~]/gu;
const cjk =
  /[\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu;

function wordsOf(text: string): string[] {
  return text
    .replace(/[\t\n\r]/g, ' ')
    .replace(/[\0\ufffd\p{Cc}\p{Cf}\p{Co}]/gu, '')
    .replace(cjk, ' $& ')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(mark, ' $& ')
    .split(/\s+/u)
    .filter((word) => word !== '');
}
