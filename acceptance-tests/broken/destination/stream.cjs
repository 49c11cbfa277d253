// A stream of the sound destination on its way into its table.
const {randomUUID} = require('node:crypto');

const {Table} = require('./table.cjs');
const {conformed} = require('./values.cjs');

/** Stored when so many characters wait, if no state comes before. */
const WAITING_AT_MOST = 8192;

class Stream {
  isComplete = false;
  waiting = [];
  waitingSize = 0;
  sinceState = 0;

  constructor(change, configured, folder) {
    const {name, namespace} = configured.stream;
    Object.assign(this, {change, configured, name});
    this.table = new Table(folder, change.named({name, namespace}));
    this.facts = {
      ...{
        stored: this.table.newestGeneration(),
        isEmpty: !this.table.hasRows('active'),
      },
      ...{
        generation: configured.generation_id,
        minimum: configured.minimum_generation_id,
      },
      mode: configured.destination_sync_mode,
    };
    this.facts.isResumed =
      this.facts.generation !== undefined &&
      this.facts.stored === this.facts.generation &&
      !this.facts.isEmpty;
    this.place = change.place(placeOf(this.facts), this.facts);
    this.table.begin(this.place, this.facts);
    change.opened(this.table, this.facts);
  }

  take(record, line) {
    const {configured, change} = this;
    const {row, changes} = conformed(record, line, configured.stream.json_schema);
    const {generation_id: generation = 1, sync_id} = configured;
    const at = record.emitted_at;
    const entry = {
      ...{key: this.key(row), cursor: this.cursor(row), at},
      row: {
        _airbyte_raw_id: randomUUID(),
        _airbyte_extracted_at: new Date(at).toISOString(),
        _airbyte_meta: {
          sync_id,
          changes: [...(record.meta?.changes ?? []), ...changes],
        },
        _airbyte_generation_id: generation,
        ...row,
      },
    };
    this.waiting.push(change.entry(entry, this.facts));
    this.waitingSize += line.length;
    this.sinceState += 1;
    if (this.waitingSize > WAITING_AT_MOST && !change.isHasty()) this.store();
  }

  key(row) {
    if (this.facts.mode !== 'append_dedup') return undefined;
    return JSON.stringify(
      this.configured.primary_key.map(([member]) => row[member] ?? null),
    );
  }

  cursor(row) {
    return row[this.configured.cursor_field?.[0]];
  }

  counted() {
    const count = this.sinceState;
    this.sinceState = 0;
    return count;
  }

  store() {
    this.table.append(this.change.batch(this.waiting, this.facts), this.place);
    this.waiting = [];
    this.waitingSize = 0;
  }

  finish() {
    if (this.place !== 'aside') return;
    if (this.change.isReplacing(this.isComplete, this)) this.table.replace();
  }
}

/** Older rows stay in sight until the new ones are complete. */
function placeOf({stored, generation, minimum, mode}) {
  if (generation === undefined) return mode === 'overwrite' ? 'aside' : 'active';
  return minimum === generation && stored < generation ? 'aside' : 'active';
}

module.exports = {Stream};
