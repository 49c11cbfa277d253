// The provider, and a gate that stands before a plant and lets in by its tokens.
const {execFileSync, spawn} = require('node:child_process');
const {once} = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const {createInterface} = require('node:readline');

const PACKAGE = 'oidc-provider@9.13.3';
const SECRET = 's3cret/+ &=%:~';

/** The packages, fetched once and kept from run to run. */
function packages(work) {
  const folder = path.join(work, 'npm');
  if (!fs.existsSync(path.join(folder, 'node_modules/oidc-provider/package.json'))) {
    fs.mkdirSync(folder, {recursive: true});
    fs.writeFileSync(path.join(folder, 'package.json'), '{"private": true}\n');
    const options = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
    execFileSync('npm', ['install', ...options, PACKAGE], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return folder;
}

async function startProvider(work, {seconds}) {
  const child = spawn(
    process.execPath,
    [path.join(__dirname, 'provider.mjs'), packages(work), String(seconds), SECRET],
    {stdio: ['ignore', 'pipe', 'ignore']},
  );
  const exited = once(child, 'exit');
  const [line] = await Promise.race([
    once(createInterface({input: child.stdout}), 'line'),
    exited.then(() => {
      throw new Error('The OpenID provider did not start.');
    }),
  ]);
  const {issuer} = JSON.parse(line);
  return {
    issuer,
    issued: async () => Number(await (await fetch(`${issuer}/issued`)).text()),
    /** Takes a token back before its end. */
    revoke: (token) => asked(`${issuer}/token/revocation`, 'source-pi', token),
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}

async function asked(url, client, token) {
  const half = (text) => encodeURIComponent(text).replaceAll('%20', '+');
  const proof = Buffer.from(`${half(client)}:${half(SECRET)}`).toString('base64');
  const answer = await fetch(url, {
    method: 'POST',
    headers: {Authorization: `Basic ${proof}`},
    body: new URLSearchParams({token}),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer;
}

/**
 * Lets requests through to the plant that bear a token which the provider calls active at
 * this moment, and publishes the provider's own document of discovery below the plant's
 * path, as PI Web API does; `relaysTokens`: with an address of its own for tokens.
 */
async function startGate(provider, plant, {relaysTokens = false} = {}) {
  const upstream = new URL(plant);
  const seen = {accepted: new Set(), refused: 0};
  const server = http.createServer((request, response) => {
    void guard(request, response).catch(() => response.destroy());
  });
  const guard = async (request, response) => {
    if (request.url.endsWith('/.well-known/openid-configuration')) {
      const {pathname} = new URL(provider.issuer);
      const document = await fetch(
        `${provider.issuer}${pathname.replace(/\/$/, '')}/.well-known/openid-configuration`,
      );
      const published = await document.json();
      if (relaysTokens)
        published.token_endpoint = `http://${request.headers.host}/token`;
      response.end(JSON.stringify(published));
      return;
    }
    if (request.url === '/token' && relaysTokens) {
      forward(request, response, new URL(provider.issuer));
      return;
    }
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (scheme === 'Bearer' && (await isActive(token))) {
      seen.accepted.add(token);
      forward(request, response, upstream);
      return;
    }
    seen.refused += 1;
    const reason = token ? ' error="invalid_token"' : '';
    response.writeHead(401, {'WWW-Authenticate': `Bearer${reason}`});
    request.resume().on('end', () => response.end('{"Message":"Denied."}'));
  };
  const isActive = async (token) => {
    const answer = await asked(
      `${provider.issuer}/token/introspection`,
      'pi-web-api',
      token,
    );
    return (await answer.json()).active === true;
  };
  const forward = (request, response, target) => {
    const {method, url, headers: all} = request;
    const headers = {...all};
    if (target === upstream) delete headers.authorization;
    const to = {host: target.hostname, port: target.port};
    const passed = http.request({...to, method, path: url, headers}, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  };
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${server.address().port}${upstream.pathname}`,
    seen,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

module.exports = {SECRET, startGate, startProvider};
