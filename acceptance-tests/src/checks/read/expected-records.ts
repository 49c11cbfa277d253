import {canonical, canonicalData, valuesAt} from '../../reading/canonical';
import type {Message} from '../../run/outcome';
import {differences} from '../../schema/differences';
import {streamName, type ConfiguredStream} from '../../stage/catalog';
import type {Finding} from '../check';
import {Complaints} from '../complaints';
import {
  ignoredFields,
  type ReadPlan,
  type RecordJudge,
  type TakenRecord,
} from './record-judge';

interface Expected {
  /** What is compared of a record. */
  readonly whole: string;
  /** How the record is found again; the whole record where the stream has no key. */
  readonly key: string;
}

/** What is expected of one stream, and what of it has not come yet. */
interface Awaited {
  readonly inOrder: Expected[];
  readonly byKey: Map<string, string[]>;
  arrived: number;
}

/**
 * R7: every expected record is among those read, in all its fields but the ignored ones.
 * With `exact_order` a stream begins with them, in their order.
 */
export class ExpectedRecordsJudge implements RecordJudge {
  readonly #complaints = new Complaints();
  readonly #awaited = new Map<string, Awaited>();
  readonly #isOrdered: boolean;

  constructor(private readonly plan: ReadPlan) {
    this.#isOrdered = plan.test.expect_records?.exact_order ?? false;
    const streams = new Map(
      plan.catalog.streams.map((each) => [streamName(each.stream), each]),
    );
    for (const line of (plan.expected ?? '')
      .split('\n')
      .filter((each) => each.trim())) {
      this.#await(JSON.parse(line) as Message, streams);
    }
  }

  take({stream, name, data}: TakenRecord): void {
    const awaited = this.#awaited.get(name);
    if (awaited === undefined || stream === undefined) return;
    if (this.#isOrdered) this.#next(name, awaited, this.#expected(stream, data));
    else if (awaited.byKey.size > 0)
      this.#any(name, awaited, this.#expected(stream, data));
    awaited.arrived += 1;
  }

  findings(): readonly Finding[] {
    const missing = [...this.#awaited].flatMap(([name, awaited]) =>
      missingOf(awaited, this.#isOrdered).map((text) => ({name, text})),
    );
    for (const {name, text} of missing) {
      this.#complaints.add(
        `${name} missing`,
        () => `${name}: an expected record was not read: ${text}`,
      );
    }
    return this.#complaints.findings;
  }

  /** The streams that nothing is expected of. */
  get unmentioned(): readonly string[] {
    return this.plan.catalog.streams
      .map(({stream}) => streamName(stream))
      .filter((name) => !this.#awaited.has(name));
  }

  #await(
    {stream, namespace, data}: Message,
    streams: ReadonlyMap<string, ConfiguredStream>,
  ): void {
    const name = streamName({
      name: String(stream),
      namespace: namespace as string | undefined,
    });
    const asked = streams.get(name);
    if (asked === undefined) {
      this.#complaints.add(
        name,
        () => `${name}: records are expected of no such stream`,
      );
      return;
    }
    const awaited = this.#awaited.get(name) ?? nothingYet();
    const expected = this.#expected(asked, data as Message);
    awaited.inOrder.push(expected);
    awaited.byKey.set(expected.key, [
      ...(awaited.byKey.get(expected.key) ?? []),
      expected.whole,
    ]);
    this.#awaited.set(name, awaited);
  }

  #expected({stream}: ConfiguredStream, data: Message): Expected {
    const whole = canonicalData(data, ignoredFields(this.plan.test, stream.name));
    const paths = stream.source_defined_primary_key ?? [];
    return {whole, key: paths.length === 0 ? whole : canonical(valuesAt(data, paths))};
  }

  #next(name: string, {inOrder, arrived}: Awaited, {whole}: Expected): void {
    const wanted = inOrder[arrived]?.whole;
    if (wanted === undefined || wanted === whole) return;
    this.#differs(name, `record ${arrived + 1}`, [wanted, whole]);
  }

  #any(name: string, {byKey}: Awaited, {key, whole}: Expected): void {
    const wanted = byKey.get(key);
    if (wanted === undefined) return;
    const at = Math.max(0, wanted.indexOf(whole));
    const nearest = wanted[at];
    if (nearest !== undefined && nearest !== whole) {
      this.#differs(name, `the record ${key}`, [nearest, whole]);
    }
    wanted.splice(at, 1);
    if (wanted.length === 0) byKey.delete(key);
  }

  /** One complaint for all records that differ in the same fields. */
  #differs(
    name: string,
    which: string,
    [wanted, whole]: readonly [string, string],
  ): void {
    const [before, now] = [JSON.parse(wanted) as Message, JSON.parse(whole) as Message];
    const fields = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
      (field) => differences(before[field], now[field]).length > 0,
    );
    this.#complaints.add(`${name} ${fields.join()}`, () => {
      const said = fields.map(
        (field) =>
          `${field} is ${shown(now[field])} instead of ${shown(before[field])}`,
      );
      return `${name}: in ${which} ${said.join(', ')}`;
    });
  }
}

/** A value that is missing is null. */
function shown(value: unknown = null): string {
  return JSON.stringify(value);
}

function nothingYet(): Awaited {
  return {inOrder: [], byKey: new Map(), arrived: 0};
}

function missingOf(
  {inOrder, byKey, arrived}: Awaited,
  isOrdered: boolean,
): readonly string[] {
  return isOrdered
    ? inOrder.slice(arrived).map(({whole}) => whole)
    : [...byKey.values()].flat();
}
