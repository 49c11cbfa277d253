// The driver of Databricks inside the image: a whole write into the stand-in of a SQL
// warehouse that the tests of the statements use, with its private authority.
const fs = require('node:fs');
const path = require('node:path');

const {StandInWarehouse} = require('../engines/lib/stand-in/stand-in-warehouse.js');
const {Tokens} = require('../engines/lib/wire/index.js');
const {imageOf} = require('./build.cjs');
const {documents, startPlant} = require('./plant.cjs');
const {megabytes, start} = require('./podman.cjs');
const {check, expect} = require('./report.cjs');
const {READ, readInto, WRITE} = require('./sync-checks.cjs');

const TOKEN = 'dapi-images-suite';

async function warehouseChecks() {
  const plant = await startPlant();
  const sync = documents('warehouse', {
    plant,
    streams: ['event_frames', 'af_elements'],
  });
  const messages = path.join(sync.folder, 'messages.jsonl');
  const folder = path.join(sync.folder, 'volumes');
  fs.mkdirSync(folder);
  const standIn = await StandInWarehouse.open({
    ...{folder, directResultsMs: 1000, namespace: {catalog: 'main', schema: 'plant'}},
  });
  const tokens = new Tokens({personal: [TOKEN], clients: {}, lifetimeSeconds: 3600});
  const door = await standIn.serve({tokens});
  try {
    await check(
      'destination-unity: a write through the driver, into a stand-in of a warehouse',
      async () => {
        await readInto(messages, READ, sync.mounts);
        sync.write('destination.json', configFor(door));
        const stdin = fs.openSync(messages, 'r');
        const running = start(imageOf('destination-unity'), WRITE, {
          ...{stdin, stdout: 'ignore', options: sync.mounts},
        });
        const {status, stderr, peakBytes} = await running.ended;
        fs.closeSync(stdin);
        expect(status === 0, 'exit code 0', `${status}: ${stderr}`);
        const unsupported = standIn.unsupportedStatements;
        expect(
          unsupported.length === 0,
          'the stand-in knows each statement',
          unsupported,
        );
        const rows = await standIn.look((query) =>
          query('SELECT count(*)::INTEGER FROM "main.plant"."event_frames"'),
        );
        const told = countOf(messages);
        expect(rows[0][0] === told, `${told} event frames`, rows);
        return `${told} event frames, at most ${megabytes(peakBytes)}`;
      },
    );
  } finally {
    await door.close();
    standIn.close();
    plant.stop();
  }
}

const countOf = (file) =>
  fs
    .readFileSync(file, 'utf8')
    .split('{"type":"RECORD","record":{"stream":"event_frames"').length - 1;

function configFor({host, port, httpPath, caCertificate}) {
  return {
    ...{catalog: 'main', schema: 'plant'},
    engine: {
      ...{type: 'databricks', host, port, http_path: httpPath},
      authentication: {
        auth_type: 'personal_access_token',
        personal_access_token: TOKEN,
      },
      ca_certificate: caCertificate,
    },
  };
}

module.exports = {warehouseChecks};
