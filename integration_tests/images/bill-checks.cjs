// The bill of materials and the licences of an image: what npm's lock says, kept to what
// the image really holds, with the Debian packages that were added to the base.
const {spawnSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const {BASE, imageOf, versionOf} = require('./build.cjs');
const {root, runProgram, work} = require('./podman.cjs');
const {check, expect} = require('./report.cjs');

const OUT = path.join(work, 'out');

/** Licences under which a part may be handed on inside an image. */
const ALLOWED = new Set(
  [
    'MIT',
    'ISC',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    '0BSD',
    'MIT-0',
    'CC0-1.0',
  ].concat(['BlueOak-1.0.0', 'Python-2.0', 'Unlicense', 'Zlib']),
);

async function billChecks(connector) {
  const image = imageOf(connector);
  fs.mkdirSync(OUT, {recursive: true});
  await check(`${connector}: bill of materials`, () => {
    const modules = modulesIn(image);
    const debian = addedDebian(image);
    const bill = billOf(connector, {modules, debian});
    const file = path.join(OUT, `${connector}.cdx.json`);
    fs.writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
    return `${modules.length} packages of npm, ${debian.length} of Debian, in ${path.relative(root, file)}`;
  });
  await check(
    `${connector}: no part without a known licence, and their texts inside`,
    () => {
      const modules = modulesIn(image);
      const unknown = modules.filter(({licence}) => !isAllowed(licence));
      expect(unknown.length === 0, 'every licence is known and allowed', unknown);
      const debian = addedDebian(image);
      const silent = debian.filter(({hasText}) => !hasText);
      expect(silent.length === 0, 'each Debian package has its copyright file', silent);
      fs.writeFileSync(
        path.join(OUT, `${connector}.licences.txt`),
        listOf(modules, debian),
      );
      const without = modules.filter(({hasText}) => !hasText).map(({name}) => name);
      return `${counted(modules)}; ${without.length} name it without a text of their own`;
    },
  );
}

/** Every package of npm in the image, as its own description tells it. */
function modulesIn(image) {
  const {status, stdout, stderr} = runProgram(image, ['node', '-e', LIST_MODULES]);
  expect(status === 0, 'the modules can be listed', stderr);
  return JSON.parse(stdout);
}

const LIST_MODULES = `
  const fs = require('node:fs'), path = require('node:path');
  const found = [];
  const read = (home) => {
    const file = path.join(home, 'package.json');
    if (fs.existsSync(file)) {
      const {name, version, license, licenses} = JSON.parse(fs.readFileSync(file, 'utf8'));
      const licence = license?.type ?? license ?? (licenses ?? []).map((each) => each.type ?? each).join(' OR ');
      const hasText = fs.readdirSync(home).some((each) => /^(licen[sc]e|copying|notice|copyright)/i.test(each));
      found.push({name, version, licence, hasText});
    }
    enter(path.join(home, 'node_modules'));
  };
  const enter = (folder) => {
    if (!fs.existsSync(folder)) return;
    for (const entry of fs.readdirSync(folder, {withFileTypes: true})) {
      if (!entry.isDirectory()) continue;
      const place = path.join(folder, entry.name);
      if (entry.name.startsWith('@')) enter(place);
      else read(place);
    }
  };
  enter('/airbyte/node_modules');
  for (const ours of ['airbyte-cdk-ts', 'sources/pi', 'destination-unity']) enter('/airbyte/' + ours + '/node_modules');
  console.log(JSON.stringify(found));`;

/** The Debian packages that the base does not have. */
function addedDebian(image) {
  const before = new Set(debianIn(BASE).map(({name}) => name));
  return debianIn(image).filter(({name}) => !before.has(name));
}

function debianIn(image) {
  const format = '${Package} ${Version} ${Architecture}\\n';
  const line = `dpkg-query -W -f '${format}' | while read name version arch; do
    file=/usr/share/doc/$name/copyright
    licences=$(sed -n 's/^License: *//p' "$file" 2>/dev/null | sort -u | tr '\\n' ',')
    test -s "$file" && text=yes || text=no
    echo "$name|$version|$arch|$text|$licences"; done`;
  return runProgram(image, ['sh', '-c', line])
    .stdout.trim()
    .split('\n')
    .map((each) => each.split('|'))
    .map(([name, version, arch, text, licences]) => ({
      ...{name, version, arch, hasText: text === 'yes'},
      licence: licences.replace(/,$/, '') || 'see its copyright file',
    }));
}

/** What npm's lock tells of a connector, kept to what the image holds. */
function billOf(connector, {modules, debian}) {
  const bill = lockedBill(connector);
  const locked = new Map(bill.components.map((each) => [each['bom-ref'], each]));
  const ours = ['airbyte-cdk-ts', 'source-pi', 'destination-unity'];
  const components = modules.map(({name, version}) => {
    const component = locked.get(`${name}@${version}`);
    expect(
      component !== undefined,
      'each package stands in the lock',
      `${name}@${version}`,
    );
    return component;
  });
  const held = new Set(components.map((each) => each['bom-ref']));
  return {
    ...bill,
    metadata: {...bill.metadata, component: described(connector)},
    components: [
      ...bill.components.filter(({name}) => ours.includes(name) && name !== connector),
      ...components,
      ...debian.map(debianComponent),
    ],
    dependencies: bill.dependencies
      .filter(({ref}) => held.has(ref))
      .map(({ref, dependsOn = []}) => ({
        ref,
        dependsOn: dependsOn.filter((each) => held.has(each)),
      })),
  };
}

function lockedBill(connector) {
  const {status, stdout, stderr} = spawnSync(
    'npm',
    [
      ...['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'],
      ...['--omit', 'dev', '-w', connector],
    ],
    {cwd: root, encoding: 'utf8', maxBuffer: 1 << 26},
  );
  expect(status === 0, 'npm tells the bill of the lock', stderr);
  return JSON.parse(stdout);
}

function described(connector) {
  return {
    ...{'bom-ref': `image:${connector}`, type: 'container', name: connector},
    version: versionOf(connector),
    licenses: [{license: {id: 'Apache-2.0'}}],
    properties: [
      {name: 'base image, told by its own bill', value: 'node:22-bookworm-slim'},
    ],
  };
}

function debianComponent({name, version, arch, licence}) {
  const purl = `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${arch}`;
  const licenses = licence.split(',').map((each) => ({license: {name: each}}));
  return {'bom-ref': purl, type: 'library', name, version, purl, licenses};
}

/** One of several offered is enough; all of several demanded are needed. */
function isAllowed(licence) {
  return String(licence ?? '')
    .replace(/[()]/g, '')
    .split(/ or /i)
    .some((choice) => choice.split(/ and /i).every((each) => ALLOWED.has(each.trim())));
}

function listOf(modules, debian) {
  const line = ({name, version, licence, hasText}) =>
    `${name} ${version}  ${licence}${hasText ? '' : '  (no text of its own)'}`;
  return `${modules.map(line).sort().join('\n')}\n\nDebian\n${debian.map(line).join('\n')}\n`;
}

function counted(modules) {
  const counts = {};
  for (const {licence} of modules) counts[licence] = (counts[licence] ?? 0) + 1;
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([licence, count]) => `${count} ${licence}`)
    .join(', ');
}

module.exports = {billChecks};
