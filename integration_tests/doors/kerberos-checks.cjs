// Kerberos on real parts: MIT's KDC gives tickets, Apache with mod_auth_gssapi lets in by
// them, and the simulator is the plant behind.
const assert = require('node:assert/strict');

const {failureChecks} = require('./kerberos/failures.cjs');
const {beginLong, syncChecks} = require('./kerberos/syncs.cjs');
const {PASSWORD, Stand, digest} = require('./kerberos/stand.cjs');

let stand;
let folder;

async function open(ground) {
  folder = ground.folder;
  stand = await Stand.open(ground);
  stand.long = beginLong(stand);
}

async function close() {
  await stand?.close();
}

/** Ways in that must lead to the plant. */
const WAYS = {
  'by a keytab, each request by itself': () => [stand.gate.url('request'), {}],
  'by a keytab, a connection at a time': () => [stand.gate.url('connection'), {}],
  'by the path of a keytab': () => [
    stand.gate.url('request'),
    {keytab_path: stand.realm.clientKeytab},
  ],
  'by the path of a keytab of several accounts': () => [
    stand.gate.url('request'),
    {keytab_path: stand.realm.keytabOf('several', 'HTTP/localhost', 'svc_airbyte')},
  ],
  'by a password': () => [stand.gate.url('request'), {password: PASSWORD}],
  'with the realm in small letters': () => [
    stand.gate.url('request'),
    {principal: 'svc_airbyte@plant.example', password: PASSWORD},
  ],
  'by another name than the service has': () => [
    stand.gate.url('request', '127.0.0.1'),
    {service_principal: 'HTTP/pi.plant.example'},
  ],
  'at a server that proves itself once': () => [stand.gate.url('quiet'), {}],
};

const ways = Object.entries(WAYS).map(([title, way]) => ({
  title,
  run: async () => {
    const [url, more] = way();
    const credentials = stand.credentials(more);
    await stand.letsIn(url, credentials);
    const ended = await stand.read(url, credentials);
    assert.equal(ended.exit, 0, ended.stdout.slice(-2000));
    const expected = await stand.truth();
    assert.deepEqual(digest(ended), expected);
    return `${expected.records} records, as by Basic`;
  },
}));

module.exports = {
  open,
  close,
  checks: [
    ...ways,
    {
      title: 'where the temporary folder cannot be written to',
      run: () =>
        stand.letsIn(stand.gate.url('request'), stand.credentials(), {
          env: {TMPDIR: '/nowhere'},
        }),
    },
    ...failureChecks(
      () => stand,
      () => folder,
    ),
    ...syncChecks(() => stand),
  ],
};
