/** How the scripted engine of the page behaves; its worker reads it from the site. */
export interface ScriptedBehaviour {
  /** Least and most milliseconds that an answer takes; which of them, the request's seed decides. */
  delay?: readonly [number, number];
  /** The number of the answer, from 1, at which it loses its GPU, once in a browser's life. */
  loseAt?: number | null;
}
