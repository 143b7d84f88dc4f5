import { evaluateSections, navigation } from '../../src/lib/ui/nav';

/** The path of every page that the header or a page's own sections lead to, in order. */
export const everyPath: readonly string[] = [
  ...new Set([...navigation, ...evaluateSections].map(({ path }) => path)),
];
