import type { ManifestFile, ModelManifest } from '../contracts/engine';

/** Kept files by SHA-256, with their bytes. */
export type KeptFiles = ReadonlyMap<string, number>;

export const noFiles: KeptFiles = new Map();

const filesOf = (manifest: ModelManifest): readonly ManifestFile[] => [
  ...manifest.files,
  manifest.library,
];
const isWeight = ({ path }: ManifestFile) => path.endsWith('.bin');

/** How much of a model the browser holds, its WebGPU library included (bytes). */
export function keptOf(manifest: ModelManifest, kept: KeptFiles): { bytes: number; total: number } {
  const sum = (files: readonly ManifestFile[]) =>
    files.reduce((total, file) => total + file.bytes, 0);
  const files = filesOf(manifest);
  return { bytes: sum(files.filter(({ sha256 }) => kept.has(sha256))), total: sum(files) };
}

/** The kept files that can go with a model: all but those of other models whose weights are kept. */
export function removable(
  manifest: ModelManifest,
  others: readonly ModelManifest[],
  kept: KeptFiles,
): readonly string[] {
  const shared = new Set(
    others
      .filter((other) => other.files.some((file) => isWeight(file) && kept.has(file.sha256)))
      .flatMap((other) => filesOf(other).map(({ sha256 }) => sha256)),
  );
  return [...new Set(filesOf(manifest).map(({ sha256 }) => sha256))].filter(
    (sha256) => kept.has(sha256) && !shared.has(sha256),
  );
}

/** Kept files that no known model has: of earlier versions, or of a model whose adding was cut short. */
export function leftovers(
  manifests: readonly ModelManifest[],
  kept: KeptFiles,
): { hashes: readonly string[]; bytes: number } {
  const known = new Set(manifests.flatMap((each) => filesOf(each).map(({ sha256 }) => sha256)));
  const rest = [...kept].filter(([sha256]) => !known.has(sha256));
  return {
    hashes: rest.map(([sha256]) => sha256),
    bytes: rest.reduce((sum, [, bytes]) => sum + bytes, 0),
  };
}
