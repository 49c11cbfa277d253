// A table of the sound destination: files of JSON lines, one line a stored row with its
// key, its cursor and the time it was extracted.
const {createHash} = require('node:crypto');
const fs = require('node:fs');
const {tmpdir} = require('node:os');
const path = require('node:path');

/** Where relative folders begin: what the test gives, so that it can tidy up. */
const BASE = process.env.SOUND_DESTINATION_BASE ?? tmpdir();

class Table {
  constructor(folder, {name, namespace = ''}) {
    const id = createHash('sha256').update(`${namespace}\n${name}`).digest('hex');
    this.folder = path.resolve(BASE, folder, id.slice(0, 16));
    this.active = path.join(this.folder, 'rows.jsonl');
  }

  newestGeneration() {
    const rows = read(this.active);
    return Math.max(0, ...rows.map(({row}) => row._airbyte_generation_id));
  }

  /** A torn line at the end is of no use to anyone: no state spoke of it. */
  begin(place, {generation}) {
    fs.mkdirSync(this.folder, {recursive: true});
    this.aside = path.join(this.folder, `aside-${generation ?? 'once'}.jsonl`);
    if (generation === undefined) fs.rmSync(this.aside, {force: true});
    const file = this.file(place);
    if (!fs.existsSync(file)) return;
    const bytes = fs.readFileSync(file);
    fs.truncateSync(file, bytes.lastIndexOf(10) + 1);
  }

  append(entries, place) {
    if (entries.length === 0) return;
    const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`);
    fs.appendFileSync(this.file(place), lines.join(''));
  }

  hasRows(place) {
    return read(this.file(place)).length > 0;
  }

  /** Throws away the rows set aside. */
  forget() {
    fs.rmSync(this.aside, {force: true});
  }

  /** The rows set aside take the place of the others. */
  replace() {
    if (!fs.existsSync(this.aside)) fs.writeFileSync(this.aside, '');
    fs.renameSync(this.aside, this.active);
  }

  file(place) {
    return place === 'aside' ? this.aside : this.active;
  }

  /** The rows to be seen; of those with one key, the newest. */
  rows() {
    const found = new Map();
    for (const [i, entry] of read(this.active).entries()) {
      const key = entry.key ?? i;
      const before = found.get(key);
      if (before === undefined || !isOlder(entry, before)) found.set(key, entry);
    }
    return [...found.values()].map(({row}) => row);
  }
}

function isOlder(entry, before) {
  const [cursor, other] = [entry.cursor ?? '', before.cursor ?? ''];
  return cursor === other ? entry.at < before.at : cursor < other;
}

function read(file) {
  if (!fs.existsSync(file)) return [];
  const text = fs.readFileSync(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

module.exports = {Table};
