// A real OpenID provider (npm's oidc-provider) on the loopback: clients with secrets, tokens
// of a few seconds that it looks up when asked, and a count of those it issued.
// usage: node provider.mjs FOLDER_OF_PACKAGES SECONDS SECRET      prints {"issuer": ...}
import http from 'node:http';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

const [packages, seconds, secret] = process.argv.slice(2);
const entry = path.join(packages, 'node_modules/oidc-provider/lib/index.js');
const {Provider, errors} = await import(pathToFileURL(entry).href);

const AUDIENCE = 'https://pi.plant.example/piwebapi';
const client = (client_id, token_endpoint_auth_method, more = {}) => ({
  ...{client_id, client_secret: secret, token_endpoint_auth_method},
  ...{grant_types: ['client_credentials'], redirect_uris: [], response_types: []},
  ...more,
});

let answer;
let issued = 0;
const server = http.createServer((request, response) =>
  request.url === '/issued' ? response.end(`${issued}`) : answer(request, response),
);
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      client('source-pi', 'client_secret_basic'),
      client('source-pi-body', 'client_secret_post'),
      client('source-pi-narrow', 'client_secret_basic', {scope: 'other'}),
      client('source-pi-page', 'client_secret_basic', {
        ...{grant_types: ['authorization_code'], response_types: ['code']},
        redirect_uris: ['https://elsewhere.example/'],
      }),
      client('pi-web-api', 'client_secret_basic'),
    ],
    scopes: ['system', 'other'],
    features: {
      clientCredentials: {enabled: true},
      devInteractions: {enabled: false},
      introspection: {enabled: true},
      revocation: {enabled: true},
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        getResourceServerInfo: (_context, resource) => {
          if (resource !== AUDIENCE) throw new errors.InvalidTarget();
          return {
            ...{scope: 'system other', audience: AUDIENCE},
            ...{accessTokenTTL: Number(seconds), accessTokenFormat: 'opaque'},
          };
        },
      },
    },
    ttl: {ClientCredentials: Number(seconds)},
  });
  provider.on('grant.success', () => {
    issued += 1;
  });
  answer = provider.callback();
  process.stdout.write(`${JSON.stringify({issuer})}\n`);
});
