// Writes the contract of both connectors into spec/, derived from what was built.
// The difference is what users will meet: read it before it is committed.
const {spawnSync} = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const {connectionSpecification} = require('../airbyte-cdk-ts');
const {withDiagnosisTables} = require('./diagnosis-tables.cjs');
const {withStreamTables} = require('./docs-tables.cjs');

const root = path.join(__dirname, '..');

/** The one message of a given type that a connector prints. */
function message(program, args, type) {
  const run = spawnSync(process.execPath, [path.join(root, program), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const lines = run.stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line)).find((said) => said.type === type);
}

function write(name, content) {
  const file = path.join(root, 'spec', name);
  fs.mkdirSync(path.dirname(file), {recursive: true});
  fs.writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

const folders = {'source-pi': 'sources/pi', 'destination-unity': 'destination-unity'};
for (const [name, folder] of Object.entries(folders)) {
  const {configSchema} = require(path.join(root, folder, 'lib/config.js'));
  write(`${name}/connection-specification.json`, connectionSpecification(configSchema));
}

// Streams are declared without asking PI, so that any config will do.
const config = path.join(
  fs.mkdtempSync(path.join(os.tmpdir(), 'spec-')),
  'config.json',
);
fs.writeFileSync(
  config,
  JSON.stringify({
    base_url: 'https://pi.example.com/piwebapi',
    credentials: {auth_type: 'bearer', token: 'none'},
    start_date: '2026-01-01T00:00:00Z',
  }),
);
const {catalog} = message(
  'sources/pi/bin/source-pi',
  ['discover', '--config', config],
  'CATALOG',
);
write('source-pi/catalog.json', catalog);

// The user's page tells of every field, and of everything that a check may say.
const {DIAGNOSIS} = require('../sources/pi/lib/diagnosis.js');

const page = path.join(root, 'spec/source-pi/docs.md');
const withStreams = withStreamTables(fs.readFileSync(page, 'utf8'), catalog);
fs.writeFileSync(page, withDiagnosisTables(withStreams, DIAGNOSIS));
