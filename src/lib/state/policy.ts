/**
 * Whether this page's own security policy forbids connections to other addresses: read from the policy
 * itself, so that the badge never claims more than the browser enforces.
 */
export function connectionsEnforced(document: Document): boolean {
  const meta = document.querySelector<HTMLMetaElement>(
    'meta[http-equiv="content-security-policy" i]',
  );
  const directive = meta?.content
    .split(';')
    .map((part) => part.trim().split(/\s+/))
    .find(([name]) => name === 'connect-src');
  return (
    directive !== undefined &&
    directive.slice(1).every((source) => source === "'self'" || source === 'blob:')
  );
}
