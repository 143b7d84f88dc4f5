import { artifactBlob, artifactText, type Artifact } from '../artifact';
import { repackAsGguf } from './repack';

/** A loaded artifact as one GGUF file in memory. Error: `model-incompatible`. */
export async function artifactAsGguf(artifact: Artifact): Promise<Uint8Array<ArrayBuffer>> {
  return repackAsGguf(artifact.manifest, {
    tensorIndex: await artifactText(artifact, 'tensor-cache.json'),
    tokenizer: await artifactText(artifact, 'tokenizer.json'),
    chatConfig: artifact.chatConfig.text,
    shard: async (name) => new Uint8Array(await artifactBlob(artifact, name).arrayBuffer()),
  });
}
