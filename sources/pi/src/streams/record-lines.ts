import type {JsonObject, LineSink} from 'airbyte-cdk-ts';

/** Writes records as lines, all in one piece. Fields that are undefined stay out. */
export async function writeRecords(
  lines: LineSink,
  records: readonly JsonObject[],
): Promise<void> {
  if (records.length === 0) return;
  const {head, tail} = lines.envelope();
  const text = records.map((record) => head + JSON.stringify(record) + tail);
  await lines.write(text.join(''), records.length);
}
