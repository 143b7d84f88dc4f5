declare global {
  namespace App {}
  /** Name and version of the program, put in when it is built. */
  const __PROGRAM__: string;
}
export {};
