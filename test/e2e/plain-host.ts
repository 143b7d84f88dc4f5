import { createServer } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { root } from './lab';

/** The built site on a host that sends no headers of its own, below a folder. */
export async function startPlainHost(): Promise<{ url: string; close: () => Promise<void> }> {
  const files = sirv(join(root, 'build'), { etag: true });
  const folder = '/some/folder';
  const server = createServer((request, response) => {
    if (request.url?.startsWith(`${folder}/`) !== true) {
      response.writeHead(404).end();
      return;
    }
    request.url = request.url.slice(folder.length);
    files(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${String(port)}${folder}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
