import {canonical, valuesAt} from '../../reading/canonical';
import {hash53, HashSet} from '../../reading/hashes';
import {recordsOf} from '../../reading/records';
import type {Outcome} from '../../run/outcome';
import {streamName} from '../../stage/catalog';
import type {Finding} from '../check';
import {Complaints} from '../complaints';
import type {ReadPlan, RecordJudge, TakenRecord} from './record-judge';

/** So many keys that look like repeated ones are looked at exactly. */
const LOOKED_AT = 1000;

/**
 * R5: the parts of a primary key are plain values, not all of them null, and no key is
 * there twice. Memory: a hash for each key; keys whose hash was there already are compared
 * themselves in a second pass.
 */
export class KeyJudge implements RecordJudge {
  readonly #complaints = new Complaints();
  readonly #seen = new HashSet();
  readonly #suspects = new Set<number>();

  constructor(private readonly plan: ReadPlan) {}

  take({stream, name, data}: TakenRecord): void {
    const key = stream?.stream.source_defined_primary_key ?? [];
    if (key.length === 0) return;
    const values = valuesAt(data, key);
    if (this.plan.test.validate_primary_keys_data_type) this.#plain(name, key, values);
    if (values.every((value) => value === null)) {
      this.#complaints.add(`${name} null`, () => `${name}: a key has no value at all`);
      return;
    }
    const hash = hash53(keyText(name, values));
    if (!this.#seen.add(hash) && this.#suspects.size < LOOKED_AT) {
      this.#suspects.add(hash);
    }
  }

  async findings(outcome: Outcome): Promise<readonly Finding[]> {
    if (this.#suspects.size > 0) await this.#lookAgain(outcome);
    return this.#complaints.findings;
  }

  #plain(
    name: string,
    key: readonly (readonly string[])[],
    values: readonly unknown[],
  ): void {
    values.forEach((value, i) => {
      if (typeof value !== 'object' || value === null) return;
      const part = (key[i] ?? []).join('.');
      this.#complaints.add(
        `${name} ${part}`,
        () => `${name}: "${part}" of the key is an object or a list`,
      );
    });
  }

  async #lookAgain(outcome: Outcome): Promise<void> {
    const keys = new Map(
      this.plan.catalog.streams.map(({stream}) => [
        streamName(stream),
        stream.source_defined_primary_key ?? [],
      ]),
    );
    const known = new Set<string>();
    for await (const {name, data} of recordsOf(outcome)) {
      const values = valuesAt(data, keys.get(name) ?? []);
      const text = keyText(name, values);
      if (values.length > 0 && this.#suspects.has(hash53(text))) {
        this.#repeated(name, text, known);
      }
    }
  }

  #repeated(name: string, text: string, known: Set<string>): void {
    if (known.has(text)) {
      this.#complaints.add(
        `${name} repeated`,
        () => `${name}: a key is there twice: ${text}`,
      );
    }
    known.add(text);
  }
}

function keyText(name: string, values: readonly unknown[]): string {
  return `${name}${canonical(values)}`;
}
