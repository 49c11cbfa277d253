// What a plant puts around the source: its own authority for certificates, and Kerberos.
const fs = require('node:fs');
const path = require('node:path');

const {imageOf} = require('./build.cjs');
const {says} = require('./contract-checks.cjs');
const {sourceConfig, startPlant} = require('./plant.cjs');
const {run, runProgram, work} = require('./podman.cjs');
const {check, expect} = require('./report.cjs');
const {messagesIn, openGround} = require('../doors/ground.cjs');
const {PASSWORD, Stand, digest} = require('../doors/kerberos/stand.cjs');

const IMAGE = imageOf('source-pi');
const CHECK = ['check', '--config', '/secrets/config.json'];
const READ = ['read', '--config', '/secrets/config.json'];
const HOST = ['--network', 'host'];

async function surroundingsChecks() {
  await privateAuthority();
  await kerberos();
}

async function privateAuthority() {
  const plant = await startPlant(['--tls']);
  const certificate = plant.ca_certificate;
  const plain = sourceConfig(plant);
  try {
    await check(
      'source-pi: an authority it does not know is told, and nothing is read',
      () => {
        const ended = run(IMAGE, CHECK, [
          ...HOST,
          ...mounted('unknown', {config: plain}),
        ]);
        says(ended, 0, '"status":"FAILED"');
        expect(
          /certificate/i.test(ended.stdout),
          'the certificate is named',
          ended.stdout,
        );
      },
    );
    await check(
      'source-pi: an authority mounted as a file, named by NODE_EXTRA_CA_CERTS',
      () => {
        const file = ['-e', 'NODE_EXTRA_CA_CERTS=/secrets/authority.pem'];
        const mounts = mounted('file', {config: plain, 'authority.pem': certificate});
        says(
          run(IMAGE, CHECK, [...HOST, ...file, ...mounts]),
          0,
          '"status":"SUCCEEDED"',
        );
      },
    );
    await check('source-pi: an authority in the configuration', () => {
      const config = sourceConfig(plant, {network: {ca_certificate: certificate}});
      const mounts = mounted('config', {config});
      says(run(IMAGE, CHECK, [...HOST, ...mounts]), 0, '"status":"SUCCEEDED"');
    });
  } finally {
    plant.stop();
  }
}

/** A folder for a container: objects become `NAME.json`, anything else keeps its name. */
function mounted(name, files) {
  const folder = path.join(work, 'tmp', `surroundings-${name}`);
  fs.mkdirSync(folder, {recursive: true});
  fs.chmodSync(folder, 0o755);
  for (const [file, content] of Object.entries(files)) {
    const isText = typeof content === 'string' || Buffer.isBuffer(content);
    const place = path.join(folder, isText ? file : `${file}.json`);
    fs.writeFileSync(place, isText ? content : JSON.stringify(content));
  }
  return ['-v', `${folder}:/secrets:ro`];
}

/** A realm and a gate as in `suite:doors`; the container is signed in by nothing else. */
async function kerberos() {
  const ground = await openGround('images');
  let stand;
  try {
    await check(
      'source-pi: a KDC (MIT) and a gate (Apache, mod_auth_gssapi)',
      async () => {
        stand = await Stand.open(ground);
      },
    );
    if (stand === undefined) return;
    const byPath = {keytab_path: '/secrets/client.keytab'};
    const keytab = fs.readFileSync(stand.realm.clientKeytab);
    for (const [title, credentials] of [
      ['a keytab mounted read-only', stand.credentials(byPath)],
      ['a keytab in the configuration', stand.credentials()],
      ['a password', stand.credentials({password: PASSWORD})],
    ]) {
      const config = ground.configOf(stand.gate.url('request'), credentials);
      await check(`source-pi: ${title} is signed in by Kerberos`, () => {
        const mounts = mounted('kerberos', {config, 'client.keytab': keytab});
        says(run(IMAGE, CHECK, [...HOST, ...mounts]), 0, '"status":"SUCCEEDED"');
      });
      await check(`source-pi: ${title} reads all of the plant by Kerberos`, () =>
        readsAll(stand, {config, 'client.keytab': keytab}),
      );
    }
    await check('source-pi: an account unknown to the KDC is told', () => {
      const credentials = stand.credentials({
        ...{principal: 'nobody@PLANT.EXAMPLE', password: PASSWORD},
      });
      const config = ground.configOf(stand.gate.url('request'), credentials);
      const ended = run(IMAGE, CHECK, [...HOST, ...mounted('kerberos', {config})]);
      says(ended, 0, '"status":"FAILED"');
      says(ended, 0, 'knows no account nobody@PLANT.EXAMPLE');
    });
  } finally {
    await stand?.close();
    await ground.close();
  }
}

/** The same records as without a container, with Basic. */
async function readsAll(stand, documents) {
  const expected = await stand.truth();
  const catalog = await stand.catalog(['timeseries']);
  const mounts = mounted('kerberos', {...documents, catalog});
  const catalogFile = ['--catalog', '/secrets/catalog.json'];
  const ended = run(IMAGE, [...READ, ...catalogFile], [...HOST, ...mounts]);
  expect(ended.status === 0, 'exit code 0', ended.stdout.slice(-2000));
  const seen = digest({messages: messagesIn(ended.stdout)});
  expect(seen.sha256 === expected.sha256, expected, seen);
  return `${seen.records} records, as by Basic`;
}

module.exports = {surroundingsChecks};
