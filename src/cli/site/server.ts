import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { LabError } from '../../lib/contracts/errors';
import { isWorkerScript, ownOrigin, workerPolicy } from '../../lib/engine/worker-policy';
import { loadPages, openSources, type Page } from './pages';

export interface SiteOptions {
  /** The folder of the built site. */
  buildDir: string;
  /** 0 takes any free port; another that is taken gives way to the next free one. */
  port: number;
  host: string;
  /** Let the page load from elsewhere; it then says so. */
  allowNetwork: boolean;
}

export interface Site {
  /** With a slash at the end. */
  url: string;
  close(): Promise<void>;
}

const headers: Readonly<Record<string, string>> = {
  // Cross-origin isolation: the wasm engine's threads need it.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

const portsToTry = 50;

/** Serves a built site. Errors: `bad-config` when there is no build, or no port to be had. */
export async function startSite(options: SiteOptions): Promise<Site> {
  const { buildDir, host } = options;
  if (!existsSync(join(buildDir, 'index.html'))) {
    throw new LabError('bad-config', 'There is no built page. Run "npm run build" and try again.');
  }
  const server = createServer(createHandler(buildDir, options.allowNetwork));
  const port = await listen(server, options.port, host);
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shown}:${String(port)}/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error) reject(error);
          else resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function createHandler(buildDir: string, network: boolean) {
  const pages = loadPages(buildDir, network);
  const files = sirv(buildDir, {
    etag: true,
    setHeaders: (response, pathname) => {
      // Names under `immutable` hold a hash of the content; all else is asked for again, and seldom sent again.
      const cache = pathname.startsWith('/_app/immutable/')
        ? 'max-age=31536000, immutable'
        : 'no-cache';
      response.setHeader('Cache-Control', cache);
      if (isWorkerScript(pathname)) {
        response.setHeader(
          'Content-Security-Policy',
          workerPolicy(network ? openSources : ownOrigin),
        );
      }
    },
  });
  return (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    const page = pages.get(pathOf(request));
    if (page) {
      sendPage(page, 200, request, response);
      return;
    }
    files(request, response, () => {
      const missing = pages.get('/404.html');
      if (missing) sendPage(missing, 404, request, response);
      else response.writeHead(404).end('Not found');
    });
  };
}

function pathOf(request: IncomingMessage): string {
  const path = (request.url ?? '/').replace(/[?#].*$/, '');
  return path === '/' ? path : path.replace(/\/$/, '');
}

function sendPage(page: Page, status: number, request: IncomingMessage, response: ServerResponse) {
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('ETag', page.etag);
  if (status === 200 && request.headers['if-none-match'] === page.etag) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': page.body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : page.body);
}

/** The port that was taken in the end. */
async function listen(server: Server, wanted: number, host: string): Promise<number> {
  for (let port = wanted; port < wanted + portsToTry && port <= 65535; port++) {
    const taken = await tryPort(server, port, host);
    if (taken !== null) return taken;
  }
  throw new LabError(
    'bad-config',
    `No free port from ${String(wanted)} on. Name another with --port.`,
  );
}

function tryPort(server: Server, port: number, host: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening);
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(cannotListen(host, port, error));
    };
    const onListening = () => {
      server.off('error', onError);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen(port, host);
  });
}

function cannotListen(host: string, port: number, error: NodeJS.ErrnoException): LabError {
  return new LabError(
    'bad-config',
    `Cannot serve on ${host}, port ${String(port)}. Name another with --host or --port.`,
    error.message,
  );
}
