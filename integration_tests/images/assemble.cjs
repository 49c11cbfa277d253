// Gathers what a connector loads at run time, and nothing else, into one folder:
// `node assemble.cjs CONNECTOR FOLDER`. Begins at the files named in contents.json and
// follows every import and require with a literal name. Of our own packages the files
// that were reached are taken. Of foreign ones the whole package is taken, and those it
// says it depends on, without what no program loads: types, source maps, documentation,
// tests; what a package loads by a computed name is there. Documents that our programs read
// are named in contents.json.
const fs = require('node:fs');
const {createRequire, isBuiltin} = require('node:module');
const path = require('node:path');
const ts = require('typescript');

const contents = require('./contents.json');

const root = fs.realpathSync(path.join(__dirname, '..', '..'));
const CODE = /\.(js|cjs|mjs)$/;
const LICENCE = /^(licen[sc]e|copying|notice|copyright|third.?party)/i;
const NEVER_LOADED =
  /(\.(ts|cts|mts|map|flow|tsbuildinfo|md|markdown|png|gif|html|css|yml|yaml|cc?|h|o|a|d|mk|gypi?)|Makefile)$/i;
const NEVER_ENTERED =
  /^(tests?|__tests__|docs?|examples?|benchmarks?|obj\.target|\..*|node_modules)$/;

function main([connector, target]) {
  const plan = contents[connector];
  const folder = path.join(root, plan.folder);
  const inside = createRequire(path.join(folder, 'package.json'));
  const files = reached([
    ...plan.entries.map((file) => path.join(folder, file)),
    ...plan.packages.map((name) => inside.resolve(name)),
  ]);
  const packages = new Set();
  for (const file of files) {
    const home = packageOf(file);
    packages.add(home);
    if (isOurs(home)) copy(file, target);
  }
  for (const home of packages) {
    for (const found of dependenciesOf(home)) packages.add(found);
    take(home, target, files);
  }
  for (const file of plan.documents) copy(path.join(folder, file), target);
  fs.copyFileSync(path.join(root, 'LICENSE'), path.join(target, 'LICENSE'));
}

/** What a package of somebody else's says it needs, whether a file was seen to ask or not. */
function dependenciesOf(home) {
  const {name, dependencies = {}} = require(path.join(home, 'package.json'));
  if (isOurs(home) || name in contents.dependenciesByFile) return [];
  return Object.keys(dependencies)
    .filter((each) => !isLeftOut(each))
    .map((each) => folderOf(each, home));
}

/** As Node looks for a package: in the nearest node_modules, then further up. */
function folderOf(name, home) {
  for (let folder = home; folder.startsWith(root); folder = path.dirname(folder)) {
    const place = path.join(folder, 'node_modules', name);
    if (fs.existsSync(place)) return fs.realpathSync(place);
  }
  throw new Error(`${home} depends on ${name}, which is not installed.`);
}

const isLeftOut = (name) =>
  Object.keys(contents.neverLoaded).some((prefix) => name.startsWith(prefix));

/** @returns every file that the entries lead to. */
function reached(entries) {
  const seen = new Set(entries.map((file) => fs.realpathSync(file)));
  for (const file of seen) {
    for (const name of namesIn(file)) {
      if (isBuiltin(name) || isLeftOut(name)) continue;
      const found = resolved(file, name);
      if (found !== undefined) seen.add(found);
    }
  }
  return seen;
}

function namesIn(file) {
  if (!CODE.test(file) && path.extname(file) !== '') return [];
  return ts
    .preProcessFile(fs.readFileSync(file, 'utf8'), true, true)
    .importedFiles.map((each) => each.fileName);
}

/** Undefined where a package asks for something optional that is not installed. */
function resolved(file, name) {
  try {
    return fs.realpathSync(createRequire(file).resolve(name));
  } catch (error) {
    if (isOurs(packageOf(file))) throw error;
    return undefined;
  }
}

/** The folder of the package that a file belongs to. */
function packageOf(file) {
  let folder = path.dirname(file);
  for (; folder !== root; folder = path.dirname(folder)) {
    const description = path.join(folder, 'package.json');
    // Some packages keep nameless descriptions in their inner folders.
    if (fs.existsSync(description) && 'name' in require(description)) return folder;
  }
  return folder;
}

const isOurs = (home) => !home.includes(`${path.sep}node_modules${path.sep}`);

function take(home, target, files) {
  if (isOurs(home)) {
    copy(path.join(home, 'package.json'), target);
    link(home, target);
    return;
  }
  copyLoadable(home, target, files);
}

/** A package of ours is found by its name, as in the workspace. */
function link(home, target) {
  const {name} = require(path.join(home, 'package.json'));
  const from = path.join(target, 'node_modules', name);
  fs.mkdirSync(path.dirname(from), {recursive: true});
  const to = path.join(target, path.relative(root, home));
  fs.symlinkSync(path.relative(path.dirname(from), to), from);
}

function copyLoadable(folder, target, files) {
  for (const entry of fs.readdirSync(folder, {withFileTypes: true})) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (isEntered(place, entry.name, files)) copyLoadable(place, target, files);
    } else if (files.has(place) || LICENCE.test(entry.name) || isLoadable(entry.name)) {
      copy(place, target);
    }
  }
}

const isLoadable = (name) => !NEVER_LOADED.test(name) && !name.startsWith('.');

/** A package inside a package is taken by itself; a folder that was reached is entered. */
function isEntered(folder, name, files) {
  if (!NEVER_ENTERED.test(name)) return true;
  if (name === 'node_modules') return false;
  return [...files].some((file) => file.startsWith(folder + path.sep));
}

function copy(file, target) {
  const place = path.join(target, path.relative(root, file));
  fs.mkdirSync(path.dirname(place), {recursive: true});
  fs.copyFileSync(file, place);
}

main(process.argv.slice(2));
