import { LabError, type ErrorCode } from '../../contracts/errors';

const known: Record<string, [code: ErrorCode, message: string]> = {
  ContextWindowSizeExceededError: [
    'context-full',
    "The dialogue has grown longer than the model's context. Lower the number of turns or the length of a turn.",
  ],
  GrammarMatcherInitError: [
    'bad-input',
    'The engine cannot read the grammar of this turn. This is a fault of the program that asks.',
  ],
  WebGPUNotAvailableError: [
    'engine-unavailable',
    'This browser offers no WebGPU device. Choose the WebAssembly engine, or use a current Chrome or Edge on a machine with a GPU.',
  ],
  WebGPUNotFoundError: [
    'engine-unavailable',
    'This browser has no WebGPU. Choose the WebAssembly engine, or use a current Chrome or Edge.',
  ],
  FeatureSupportError: [
    'engine-unavailable',
    'The GPU lacks a feature that this model needs. Choose the WebAssembly engine, or another model.',
  ],
  ShaderF16SupportError: [
    'engine-unavailable',
    'The GPU lacks 16-bit arithmetic, which this model needs. Choose the WebAssembly engine, or another model.',
  ],
  DeviceLostError: [
    'device-lost',
    'The GPU was lost: the driver restarted, or its memory ran out. Load the model again; if it happens again, choose the WebAssembly engine.',
  ],
};

/** What web-llm throws, as one of our errors. */
export function webgpuError(reason: unknown): unknown {
  if (reason instanceof LabError) return reason;
  const detail = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  const [code, message] = (reason instanceof Error && known[reason.name]) || [
    'engine-failed' as const,
    'The WebGPU engine stopped. Load the model again; if it happens at once, choose the WebAssembly engine.',
  ];
  return new LabError(code, message, detail);
}

/** The same for a model of web-llm's list, which is fetched by web-llm itself: a failed request is told as one. */
export function prebuiltError(reason: unknown, id: string): unknown {
  const isRequest =
    reason instanceof TypeError ||
    (reason instanceof Error && /fetch|network|request|cache\.add/i.test(reason.message));
  if (!isRequest || reason instanceof LabError) return webgpuError(reason);
  return new LabError(
    'model-missing',
    `The model "${id}" could not be fetched from where web-llm’s makers host it. Check the network, and that the page was ` +
      'started with "npm start -- --allow-network"; or choose a model of this site.',
    `${reason.name}: ${reason.message}`,
  );
}
