// TLS as plants have it: an authority of their own, and everything that goes wrong with
// certificates, versions and client certificates. The server is Node's, or OpenSSL's own
// where alerts count; certificates are made by OpenSSL.
const {execFileSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const {Fronts} = require('./tls/fronts.cjs');
const {
  configFor,
  namesNoFile,
  readsWhole,
  refuses,
  says,
} = require('./tls/outcome.cjs');

const PASSPHRASE = 'op€n "sesame"+%20/=';

/** Set by `open`. */
const stand = {};

async function open(ground) {
  const folder = path.join(ground.folder, 'authority');
  const secret = path.join(ground.folder, 'passphrase');
  fs.writeFileSync(secret, PASSPHRASE, {mode: 0o600});
  execFileSync(path.join(__dirname, 'tls/authority.sh'), [folder, secret]);
  fs.rmSync(secret);
  stand.file = (name) => path.join(folder, name);
  stand.text = (name) => fs.readFileSync(stand.file(name), 'utf8');
  stand.fronts = new Fronts(ground.simulator);
  stand.root = {ca_certificate: stand.text('root.pem')};
}

async function close() {
  await stand.fronts?.close();
}

const {file, text} = {
  file: (name) => stand.file(name),
  text: (name) => stand.text(name),
};
const at = (port, host = 'localhost') => `https://${host}:${port}`;
const secure = (name, options) => stand.fronts.secure(file(name), options);

/** A certificate at fault: what the server shows, what we trust, what we are told. */
const FAULTS = [
  {
    title: 'an authority that is not known',
    front: () => secure('server'),
    network: () => ({}),
    expected:
      /authority that is not known here.*Paste the certificate \(PEM\) of the authority "CN=Plant Root".*subject "CN=localhost", issuer "CN=Plant Root", valid from \d{4}.*SHA-256 ([0-9A-F]{2}:){31}/s,
  },
  {
    title: 'another authority than the one that was pasted',
    front: () => secure('server'),
    network: () => ({ca_certificate: text('foreign.pem')}),
    expected: /of the authority "CN=Plant Root"/,
  },
  {
    title: 'a root that is sent along',
    front: () => secure('server', {pem: file('server-chain.pem')}),
    network: () => ({}),
    expected: /leads up to an authority that is not known.*"CN=Plant Root"/s,
  },
  {
    title: 'an intermediate certificate that is not sent',
    front: () => secure('below'),
    network: () => stand.root,
    expected:
      /does not send an intermediate certificate.*of the authority "CN=Plant Issuing"/s,
  },
  {
    title: 'a self-signed certificate',
    front: () => secure('alone'),
    network: () => stand.root,
    expected: /self-signed certificate.*paste that certificate.*SHA-256/s,
  },
  {
    title: 'an expired certificate',
    front: () => secure('expired'),
    network: () => stand.root,
    expected: /has expired.*must renew.*to 2021-01-01T00:00:00\.000Z/s,
  },
  {
    title: 'a certificate that is not valid yet',
    front: () => secure('future'),
    network: () => stand.root,
    expected: /not valid yet.*clocks.*valid from 2090-01-01/s,
  },
  {
    title: 'a certificate for another name',
    front: () => secure('other'),
    network: () => stand.root,
    expected: /not made out to localhost\..*"Name in the certificate".*DNS:pi\.plant/s,
  },
  {
    title: 'a certificate for another name than the one that was entered',
    front: () => secure('server'),
    network: () => ({...stand.root, server_name: 'pi.plant.example'}),
    expected: /not made out to pi\.plant\.example\./,
  },
  {
    title: 'a revoked certificate, by the list that was pasted',
    front: () => secure('revoked'),
    network: () => ({ca_certificate: text('root.pem') + text('root.crl')}),
    expected: /was revoked by its authority/,
  },
  {
    title: 'a list of revoked certificates for one of two authorities',
    front: () => secure('below', {pem: file('below-chain.pem')}),
    network: () => ({ca_certificate: text('root.pem') + text('root.crl')}),
    expected: /list of revoked certificates, but not for every authority/,
  },
  {
    title: 'a list of revoked certificates that is out of date',
    front: () => secure('server'),
    network: () => ({ca_certificate: text('root.pem') + text('root-old.crl')}),
    expected: /list of revoked certificates .* is too old/,
  },
  {
    title: 'a certificate that is made out for clients',
    front: () => secure('unfit'),
    network: () => stand.root,
    expected: /not fit for a server/,
  },
  {
    title: 'a server that closes after the handshake',
    front: () => secure('server', {hangsUp: true}),
    network: () => stand.root,
    expected: /closed the connection before it had answered\. The web server/,
  },
  {
    title: 'TLS 1.1 at most',
    front: () => secure('server', OLD_TLS),
    network: () => stand.root,
    expected: /share no TLS version.*"Oldest TLS version"/s,
  },
  {
    title: 'TLS 1.2 where 1.3 is asked for',
    front: () => secure('server', {maxVersion: 'TLSv1.2'}),
    network: () => ({...stand.root, min_tls_version: 'TLSv1.3'}),
    expected: /share no TLS version/,
  },
  {
    title: 'no cipher in common',
    front: () =>
      secure('server', {maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256'}),
    network: () => stand.root,
    expected: /refused the TLS handshake.*shares no cipher/s,
  },
  {
    title: 'plain HTTP on the port',
    front: () => stand.fronts.plain(),
    network: () => stand.root,
    expected: /does not speak TLS on this port.*http:\/\//s,
  },
  {
    title: 'a server that accepts and stays silent',
    front: () => stand.fronts.raw(),
    network: () => ({...stand.root, connect_timeout_seconds: 1}),
    expected: /did not complete the TLS handshake in time/,
  },
  {
    title: 'a server that breaks off in the handshake',
    front: () =>
      stand.fronts.raw((socket) => socket.once('data', () => socket.destroy())),
    network: () => stand.root,
    expected: /closed the connection during the TLS handshake/,
  },
  {
    title: 'a client certificate that is demanded, and none',
    front: () => stand.fronts.openssl(file('server'), ...DEMAND()),
    network: () => stand.root,
    expected: /demands a client certificate/,
  },
  {
    title: 'the same in TLS 1.2, where the server does not say so',
    front: () => stand.fronts.openssl(file('server'), ...DEMAND(), '-tls1_2'),
    network: () => stand.root,
    expected: /demands a client certificate, or shares no cipher/,
  },
  {
    title: 'a client certificate by an authority that the server does not know',
    front: () => stand.fronts.openssl(file('server'), ...DEMAND()),
    network: () => ({
      ...stand.root,
      client_certificate: own('stranger.pem', 'stranger.key'),
    }),
    expected: /refused our client certificate/,
  },
];

const OLD_TLS = {
  minVersion: 'TLSv1',
  maxVersion: 'TLSv1.1',
  ciphers: 'DEFAULT@SECLEVEL=0',
};
const DEMAND = () => [
  '-Verify',
  '1',
  '-verify_return_error',
  '-CAfile',
  file('root.pem'),
];
const MUTUAL = () => ({
  ...{requestCert: true, rejectUnauthorized: true},
  ca: fs.readFileSync(file('root.pem')),
});

function own(certificate, key, more = {}) {
  return {
    ...{format: 'pem', certificate: text(certificate), private_key: text(key)},
    ...more,
  };
}

function archive(name, passphrase) {
  const bytes = fs.readFileSync(file(name)).toString('base64');
  return {format: 'pfx', archive: bytes, ...(passphrase && {passphrase})};
}

/** Ways that lead there. */
const WAYS = [
  {
    title: 'the authority is pasted',
    front: () => secure('server'),
    network: () => stand.root,
  },
  {
    title: 'a self-signed certificate is pasted',
    front: () => secure('alone'),
    network: () => ({ca_certificate: text('alone.pem')}),
  },
  {
    title: 'the intermediate certificate that the server forgets is pasted',
    front: () => secure('below'),
    network: () => ({ca_certificate: text('root.pem') + text('issuing.pem')}),
  },
  {
    title: 'the name in the certificate is entered',
    front: () => secure('other'),
    network: () => ({...stand.root, server_name: 'pi.plant.example'}),
  },
  {
    title: 'a list is pasted on which the certificate is not',
    front: () => secure('server'),
    network: () => ({ca_certificate: text('root.pem') + text('root.crl')}),
  },
  {
    title: 'TLS 1.1 is allowed',
    front: () => secure('server', OLD_TLS),
    network: () => ({...stand.root, min_tls_version: 'TLSv1.1'}),
  },
  {
    title: 'the address is an IPv6 address',
    front: () => secure('server', {host: '::1'}),
    network: () => stand.root,
    host: '[::1]',
  },
  {
    title: 'a client certificate is entered as PEM',
    front: () => secure('server', MUTUAL()),
    network: () => ({
      ...stand.root,
      client_certificate: own('client.pem', 'client.key'),
    }),
  },
  {
    title: 'its key is encrypted',
    front: () => secure('server', MUTUAL()),
    network: () => ({
      ...stand.root,
      client_certificate: own('client.pem', 'client-encrypted.key', {
        passphrase: PASSPHRASE,
      }),
    }),
  },
  {
    title: 'a client certificate is entered as PFX',
    front: () => secure('server', MUTUAL()),
    network: () => ({
      ...stand.root,
      client_certificate: archive('client.pfx', PASSPHRASE),
    }),
  },
];

/** Client certificates that the form itself refuses. */
const REFUSED = [
  {
    title: 'a wrong passphrase of a key',
    certificate: () =>
      own('client.pem', 'client-encrypted.key', {passphrase: `${PASSPHRASE}!`}),
    expected: /passphrase does not open the private key/,
  },
  {
    title: 'no passphrase of an encrypted key',
    certificate: () => own('client.pem', 'client-encrypted.key'),
    expected: /private key is encrypted/,
  },
  {
    title: 'the key of another certificate',
    certificate: () => own('client.pem', 'stranger.key'),
    expected: /does not belong to the first certificate/,
  },
  {
    title: 'a wrong passphrase of a PFX file',
    certificate: () => archive('client.pfx', `${PASSPHRASE}!`),
    expected: /passphrase does not open the PFX file/,
  },
  {
    title: 'a PFX file of an old encryption',
    certificate: () => archive('client-old.pfx', PASSPHRASE),
    expected: /Export it once more with the encryption AES256/,
  },
];

const keysOf = ({client_certificate: given}) =>
  given === undefined
    ? []
    : (given.private_key ?? given.archive)
        .split('\n')
        .filter((line) => line.length > 40);

const checks = [
  ...FAULTS.map(({title, front, network, expected}) => ({
    title,
    run: async (ground) => {
      const settings = network();
      const config = configFor(ground, at(await front()), settings);
      return await says(ground, config, {expected, hidden: keysOf(settings)});
    },
  })),
  ...WAYS.map(({title, front, network, host}) => ({
    title: `lets in where ${title}`,
    run: async (ground) => {
      const settings = network();
      const hidden = [PASSPHRASE, ...keysOf(settings)];
      const config = configFor(ground, at(await front(), host), settings);
      await says(ground, config, {expected: 'SUCCEEDED', hidden});
      return await readsWhole(ground, config, {hidden});
    },
  })),
  ...REFUSED.map(({title, certificate, expected}) => ({
    title: `the form refuses ${title}`,
    run: async (ground) => {
      const settings = {...stand.root, client_certificate: certificate()};
      const hidden = [PASSPHRASE, ...keysOf(settings)];
      await refuses(ground, configFor(ground, at(1), settings), {expected, hidden});
    },
  })),
  {
    title: 'no variable of the environment switches verification off',
    run: async (ground) => {
      const config = configFor(ground, at(await secure('server')));
      const env = {NODE_TLS_REJECT_UNAUTHORIZED: '0'};
      return await says(ground, config, {expected: /authority that is not known/, env});
    },
  },
  {
    title: 'http:// on a port that speaks TLS',
    run: async (ground) => {
      const config = configFor(ground, `http://localhost:${await secure('server')}`);
      return await says(ground, config, {expected: /must begin with https:\/\//});
    },
  },
  {
    title: 'a name that nobody knows',
    run: async (ground) => {
      const config = configFor(ground, 'https://pi.plant.invalid');
      return await says(ground, config, {
        expected: /not known to the name servers|name servers did not answer/,
      });
    },
  },
  {
    title: 'a port on which nobody listens',
    run: async (ground) =>
      await says(ground, configFor(ground, at(1)), {expected: /Check the port/}),
  },
  {
    title: 'no file is named after a secret',
    run: async (ground) => namesNoFile(ground.folder, [PASSPHRASE]),
  },
];

module.exports = {open, close, checks};
