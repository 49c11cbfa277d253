// What a plant puts around the source: its own authority for certificates, and a keytab.
const fs = require('node:fs');
const path = require('node:path');

const {imageOf} = require('./build.cjs');
const {says} = require('./contract-checks.cjs');
const {sourceConfig, startPlant} = require('./plant.cjs');
const {run, runProgram, work} = require('./podman.cjs');
const {check, expect} = require('./report.cjs');
const {shell} = require('./tools.cjs');

const IMAGE = imageOf('source-pi');
const CHECK = ['check', '--config', '/secrets/config.json'];
const HOST = ['--network', 'host'];

async function surroundingsChecks() {
  await privateAuthority();
  await keytab();
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
        const mounts = mounted('file', {config: plain, certificate});
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

function mounted(name, {config, certificate}) {
  const folder = path.join(work, 'tmp', `authority-${name}`);
  fs.mkdirSync(folder, {recursive: true});
  fs.chmodSync(folder, 0o755);
  fs.writeFileSync(path.join(folder, 'config.json'), JSON.stringify(config));
  if (certificate) fs.writeFileSync(path.join(folder, 'authority.pem'), certificate);
  return ['-v', `${folder}:/secrets:ro`];
}

/** The module's own handshake: signing in by it is not yet a setting of the source. */
async function keytab() {
  const folder = path.join(work, 'realm');
  await check(
    'source-pi: a keytab mounted read-only signs in at a real KDC (MIT)',
    () => {
      shell(`integration_tests/images/kerberos-realm.sh start ${folder}`);
      try {
        const {status, stdout, stderr} = runProgram(
          IMAGE,
          ['node', '-e', HANDSHAKE],
          [
            ...HOST,
            ...['-v', `${folder}/krb5.conf:/etc/krb5.conf:ro`],
            ...['-v', `${folder}/client.keytab:/secrets/client.keytab:ro`],
            ...['-v', `${folder}/service.keytab:/secrets/service.keytab:ro`],
            ...['-e', 'KRB5_CLIENT_KTNAME=FILE:/secrets/client.keytab'],
            ...[
              '-e',
              'KRB5_KTNAME=FILE:/secrets/service.keytab',
              '-e',
              'KRB5CCNAME=MEMORY:',
            ],
          ],
        );
        expect(status === 0, 'exit code 0', `${status}: ${stdout}${stderr}`);
        expect(
          stdout.includes('svc_airbyte@PLANT.EXAMPLE'),
          'the service knows the client',
          stdout,
        );
        return stdout.trim();
      } finally {
        shell(`integration_tests/images/kerberos-realm.sh stop ${folder}`);
      }
    },
  );
}

/** Client and service in one process: token, acceptance, and the service's own proof. */
const HANDSHAKE = `
  const kerberos = require('/airbyte/node_modules/kerberos');
  (async () => {
    const flags = kerberos.GSS_C_MUTUAL_FLAG | kerberos.GSS_C_SEQUENCE_FLAG;
    const client = await kerberos.initializeClient('HTTP@pi.plant.example', {mechOID: kerberos.GSS_MECH_OID_SPNEGO, flags});
    const service = await kerberos.initializeServer('HTTP@pi.plant.example');
    const token = await client.step('');
    const answer = await service.step(token);
    await client.step(answer ?? service.response);
    if (!client.contextComplete || !service.contextComplete) throw new Error('not complete');
    console.log(service.username + ' signed in by a token of ' + token.length + ' characters, both sides proved');
  })().catch((error) => { console.error(error); process.exit(1); });`;

module.exports = {surroundingsChecks};
