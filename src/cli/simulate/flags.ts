import type { Flags } from '../options';

/** Every flag of `npm run simulate`, in the order of the help. */
export const simulateFlags: Flags = {
  dialogues: { value: 'N', help: 'how many dialogues to hold', default: '10' },
  seed: { value: 'S', help: 'seed of everything that chance decides', default: '1' },
  engine: {
    value: 'KIND',
    help: 'auto, webgpu, wasm, native, http or scripted',
    default: 'auto',
  },
  'user-engine': { value: 'KIND', help: 'the engine of the user simulator, when another' },
  'recommender-engine': { value: 'KIND', help: 'the engine of the recommender, when another' },
  user: {
    value: 'WHO',
    help: 'a model by its id, or honest, always-accept, never-accept',
    default: 'the model that ships for it',
  },
  recommender: {
    value: 'WHO',
    help: 'a model by its id, or learned, content, graph, modular, modular-graph, random, popularity, oracle',
    default: 'the model that ships for it',
  },
  model: {
    value: 'ID',
    help: 'one model for both seats, where --user or --recommender names no other',
  },
  generator: {
    value: 'ID',
    help: 'modular: a zero-shot model that puts its acts into words',
    default: 'templates',
  },
  ranker: {
    value: 'NAME',
    help: "what orders a recommender model's candidates: learned, content, graph, popularity or random",
    default: 'learned, or content where none was taught',
  },
  tutor: {
    help: "practice dialogues to learn from: the user's model can think of a film only what its card says: taken if it fits, seen if it is known, else refused",
  },
  counterpart: {
    help: 'one reference-dependent model (--model ID) is handed the targets and writes both sides',
  },
  profiles: {
    value: 'FILE',
    help: 'profiles to be, one JSON object a line',
    default: "the domain's own",
  },
  'skip-bad-lines': {
    help: 'leave out the lines of FILE that are no profile, instead of stopping',
  },
  domain: { value: 'ID', help: 'which catalogue: a folder of static/domains', default: 'movies' },
  'max-turns': { value: 'T', help: "most turns of a dialogue, both roles' counted", default: '20' },
  candidates: {
    value: 'K',
    help: "how many of the ranker's best the recommender can name, or all",
    default: '3',
  },
  temperature: { value: 'X', help: 'sampling temperature; 0 picks the likeliest', default: '0.6' },
  redraws: {
    value: 'N',
    help: 'how often a turn is drawn anew that breaks a rule, repeats itself, speaks as the other role or leaves unnamed what it recommends',
    default: '2',
  },
  'max-tokens': { value: 'N', help: 'most tokens of a turn', default: '80' },
  out: {
    value: 'FILE',
    help: 'where the dialogues go, as JSON Lines',
    default: 'runs/<run>.jsonl',
  },
  trace: { help: 'keep the exact prompt of every turn' },
  json: { help: 'end with one JSON summary on the standard output' },
  endpoint: { value: 'URL', help: 'http: base address of an OpenAI-compatible server' },
  'endpoint-model': {
    value: 'NAME',
    help: 'http: the model to ask for, if the server has several',
  },
  'api-key-env': { value: 'VAR', help: 'http: the environment variable that holds the key' },
  'grammar-field': {
    value: 'NAME',
    help: 'http: how it takes a grammar: structured_outputs or guided_grammar (vLLM), grammar (llama.cpp)',
    default: 'none',
  },
  slots: { value: 'N', help: 'native, http: dialogues in flight at once', default: '4' },
  unconstrained: { help: 'allow turns without a grammar where the engine cannot hold one' },
  threads: { value: 'N', help: 'wasm: threads of each seat', default: 'one a core, 8 at most' },
  'software-adapter': { help: 'webgpu: run on the CPU through SwiftShader' },
};
