import type {FullRefreshTest} from '../../config/airbyte-config';
import {canonical, canonicalData, valuesAt} from '../../reading/canonical';
import {hash53, HashSet} from '../../reading/hashes';
import {recordsOf, type ReadRecord} from '../../reading/records';
import type {Outcome} from '../../run/outcome';
import {
  streamName,
  type ConfiguredCatalog,
  type ConfiguredStream,
} from '../../stage/catalog';
import type {Finding} from '../check';
import {Complaints} from '../complaints';

/** What a record is known by, as text. */
type Identity = (data: ReadRecord['data']) => string;

/**
 * The records of the first read that the second one has not, told by stream: known by
 * their primary key, else by all their fields but the ignored ones. Memory: a hash for
 * each record of the second read.
 */
export async function missingRecords(
  [first, second]: readonly [Outcome, Outcome],
  {streams}: ConfiguredCatalog,
  test: FullRefreshTest,
): Promise<readonly Finding[]> {
  const identities = new Map(
    streams.map((each) => [streamName(each.stream), identityOf(each, test)]),
  );
  const textOf = ({name, data}: ReadRecord) =>
    `${name} ${(identities.get(name) ?? canonical)(data)}`;
  const known = new HashSet();
  for await (const record of recordsOf(second)) known.add(hash53(textOf(record)));
  const complaints = new Complaints();
  for await (const record of recordsOf(first)) {
    const text = textOf(record);
    if (known.has(hash53(text))) continue;
    complaints.add(record.name, () => `the second read has not: ${text}`);
  }
  return complaints.findings;
}

function identityOf(
  {stream, primary_key: key = []}: ConfiguredStream,
  {ignored_fields: ignored}: FullRefreshTest,
): Identity {
  if (key.length > 0) return (data) => canonical(valuesAt(data, key));
  const fields = new Set((ignored[stream.name] ?? []).map(({name}) => name));
  return (data) => canonicalData(data, fields);
}
