/**
 * Every way in which the lab can fail, as a closed list: a page or command can say what to do about each.
 * Aborting is not among them: an aborted call rejects with the signal's own reason.
 */
export const errorCodes = [
  'bad-input',
  'bad-config',
  'catalogue-invalid',
  'profile-invalid',
  'model-missing',
  'model-truncated',
  'model-corrupt',
  'model-incompatible',
  'engine-unavailable',
  'engine-failed',
  'engine-timeout',
  'grammar-unsupported',
  'context-full',
  'device-lost',
  'endpoint-unreachable',
  'endpoint-refused',
  'storage-unavailable',
  'storage-blocked',
  'storage-full',
  'storage-closed',
  'locked-by-other-tab',
  'browser-missing',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error as plain data: what survives a worker's boundary and a record. */
export interface ErrorData {
  code: ErrorCode;
  /** What happened and what to do, for a person. */
  message: string;
  /** Anything that helps a developer: a URL, a byte count, the cause's own words. */
  detail?: string;
}

/** The one error type that the core throws. */
export class LabError extends Error {
  override readonly name = 'LabError';
  readonly code: ErrorCode;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, message: string, detail?: string) {
    super(message);
    this.code = code;
    this.detail = detail;
  }

  toData(): ErrorData {
    return {
      code: this.code,
      message: this.message,
      ...(this.detail === undefined ? {} : { detail: this.detail }),
    };
  }

  static fromData(data: ErrorData): LabError {
    return new LabError(data.code, data.message, data.detail);
  }
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: ErrorData };

/** True for the rejection that an aborted signal causes, which is not an error. */
export function isAbort(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'AbortError';
}

/** Any thrown value as data; what is not a `LabError` is `fallback`, its words kept as the detail. */
export function toErrorData(
  reason: unknown,
  fallback: ErrorCode = 'internal',
  message = 'Something unexpected went wrong. Reload and try again; if it stays, report the detail.',
): ErrorData {
  if (reason instanceof LabError) return reason.toData();
  return {
    code: fallback,
    message,
    detail: reason instanceof Error ? reason.message : String(reason),
  };
}
