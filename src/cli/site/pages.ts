import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { LabError } from '../../lib/contracts/errors';

/** An HTML page, ready to be sent. */
export interface Page {
  body: Buffer;
  etag: string;
}

/** What `connect-src` becomes when models and endpoints from elsewhere are allowed. */
export const openSources = "'self' blob: https: http://localhost:* http://127.0.0.1:*";

/** The page's own policy, loosened. The page reads its policy and says what it allows. */
export function allowNetwork(html: string, name: string): string {
  const opened = html.replace(
    /(<meta http-equiv="content-security-policy" content="[^"]*?)connect-src [^;"]*/i,
    `$1connect-src ${openSources}`,
  );
  if (opened === html) {
    throw new LabError(
      'internal',
      'The built page has no content security policy to change, so it cannot be opened to the network. ' +
        'Build again, or start without --allow-network.',
      name,
    );
  }
  return opened;
}

/** All pages of a build by URL path: "/", "/help", "/404.html". */
export function loadPages(buildDir: string, network: boolean): ReadonlyMap<string, Page> {
  const files = readdirSync(buildDir, { recursive: true, encoding: 'utf8' });
  const pages = files
    .filter((file) => file.endsWith('.html'))
    .flatMap((file): [string, Page][] => {
      const html = readFileSync(join(buildDir, file), 'utf8');
      const body = Buffer.from(network ? allowNetwork(html, file) : html);
      const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`;
      const path = `/${file.split(sep).join('/')}`;
      return pathsOf(path).map((url) => [url, { body, etag }]);
    });
  return new Map(pages);
}

/** "/help.html" is also "/help", "/index.html" also "/". */
function pathsOf(path: string): string[] {
  const bare = path.replace(/\.html$/, '').replace(/(^|\/)index$/, '$1');
  return [path, bare === '/' ? bare : bare.replace(/\/$/, '')];
}
