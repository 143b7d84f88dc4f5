import type { ChatMessage, CompletionRequest } from '../../contracts/engine';

/**
 * Where an endpoint takes a GBNF grammar: vLLM's `structured_outputs.grammar` (0.12 on) or `guided_grammar` (before),
 * llama.cpp server's `grammar`; `none` for an endpoint that cannot hold one.
 */
export const grammarFields = ['none', 'structured_outputs', 'guided_grammar', 'grammar'] as const;
export type GrammarField = (typeof grammarFields)[number];

function grammarPart(field: GrammarField, grammar: string | undefined): Record<string, unknown> {
  if (grammar === undefined || field === 'none') return {};
  if (field === 'structured_outputs') return { structured_outputs: { grammar } };
  return { [field]: grammar };
}

/** The body of a chat completion request. */
export function chatRequestBody(
  model: string,
  messages: readonly ChatMessage[],
  { sampling, seed, grammar }: CompletionRequest,
  grammarField: GrammarField,
  stream: boolean,
): Record<string, unknown> {
  return {
    model,
    messages,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    max_tokens: sampling.maxTokens,
    seed,
    ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
    ...grammarPart(grammarField, grammar),
  };
}
