import {httpServer, type LoopbackServer} from './loopback-server.stand-in';

/** Changes the text of an answer to `POST /batch`, given what was asked. */
export type Rewrite = (answer: string, asked: string) => string;

const PASSED_BACK = ['content-type', 'date', 'retry-after'];

/** Stands between the source and PI Web API, and lies as it is told. */
export async function rewritingProxy(
  target: string,
  rewrite: Rewrite,
): Promise<LoopbackServer & {readonly url: string}> {
  const {origin, pathname} = new URL(target);
  const server = await httpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const {method = 'GET', url = '/', headers} = request;
      const asked = Buffer.concat(chunks).toString('utf8');
      const body = method === 'POST' ? {body: asked} : {};
      const {authorization = ''} = headers;
      const passed = {
        authorization,
        'content-type': 'application/json',
        'x-requested-with': 'proxy',
      };
      void fetch(origin + url, {method, headers: passed, ...body}).then(
        async (answer) => {
          const text = await answer.text();
          for (const name of PASSED_BACK) {
            const value = answer.headers.get(name);
            if (value !== null) response.setHeader(name, value);
          }
          response.statusCode = answer.status;
          response.end(url.endsWith('/batch') ? rewrite(text, asked) : text);
        },
      );
    });
  });
  return Object.assign(server, {url: `http://127.0.0.1:${server.port}${pathname}`});
}
