// The bill of materials and the licences of an image: the packages that it really holds,
// with the sums of npm's lock, and the Debian packages that were added to the base.
// (`npm sbom` tells of the lock, not of an image, and leaves out some nested packages.)
const fs = require('node:fs');
const path = require('node:path');

const {BASE, imageOf, versionOf} = require('./build.cjs');
const {root, runProgram, work} = require('./podman.cjs');
const {check, expect} = require('./report.cjs');

const lock = require('../../package-lock.json');

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
  const isApache = (home) => /^\\s*Apache License\\s+Version 2.0/.test(fs.readFileSync(path.join(home, 'LICENSE'), 'utf8'));
  const read = (home) => {
    const file = path.join(home, 'package.json');
    if (fs.existsSync(file)) {
      const {name, version, license, licenses} = JSON.parse(fs.readFileSync(file, 'utf8'));
      const told = license?.type ?? license ?? (licenses ?? []).map((each) => each.type ?? each).join(' OR ');
      const hasText = fs.readdirSync(home).some((each) => /^(licen[sc]e|copying|notice|copyright)/i.test(each));
      const licence = /^SEE LICEN/.test(told) && isApache(home) ? 'Apache-2.0' : told;
      found.push({name, version, licence, hasText, place: path.relative('/airbyte', home)});
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

/** CycloneDX 1.5: what the image holds, with the sums and the arrows of npm's lock. */
function billOf(connector, {modules, debian}) {
  const held = new Map(modules.map((each) => [each.place, each]));
  return {
    ...{bomFormat: 'CycloneDX', specVersion: '1.5', version: 1},
    metadata: {component: described(connector)},
    components: [...modules.map(npmComponent), ...debian.map(debianComponent)],
    dependencies: modules.map(({place, name, version}) => ({
      ref: `${name}@${version}`,
      dependsOn: Object.keys(lock.packages[place].dependencies ?? {})
        .map((each) => held.get(nearest(each, place, held)))
        .filter((each) => each !== undefined)
        .map((each) => `${each.name}@${each.version}`),
    })),
  };
}

function npmComponent({place, name, version, licence}) {
  const locked = lock.packages[place];
  const known = locked?.version === version;
  expect(known, 'each package stands in the lock', `${place} ${version}`);
  const [algorithm, sum] = (locked.integrity ?? '-').split('-');
  const isChoice = /[ ()]/.test(licence);
  return {
    ...{'bom-ref': `${name}@${version}`, type: 'library', name, version},
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licenses: [isChoice ? {expression: licence} : {license: {id: licence}}],
    ...(sum && {
      hashes: [
        {
          alg: algorithm.replace('sha', 'SHA-'),
          content: Buffer.from(sum, 'base64').toString('hex'),
        },
      ],
    }),
  };
}

/** As Node looks for a package: in the nearest node_modules, then further up. */
function nearest(name, place, held) {
  for (let folder = place; ; folder = path.posix.dirname(folder)) {
    const found = path.posix.join(folder, 'node_modules', name);
    if (held.has(found) || folder === '.') return found;
  }
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
