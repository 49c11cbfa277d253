import type {JsonObject, LineSink} from 'airbyte-cdk-ts';

/** So many lines stand in memory as one text at most. */
const LINES_AT_ONCE = 500;

/** Writes records as lines, a piece at a time. Fields that are undefined stay out. */
export async function writeRecords(
  lines: LineSink,
  records: readonly JsonObject[],
): Promise<void> {
  for (let at = 0; at < records.length; at += LINES_AT_ONCE) {
    const {head, tail} = lines.envelope();
    const piece = records.slice(at, at + LINES_AT_ONCE);
    const text = piece.map((record) => head + JSON.stringify(record) + tail);
    await lines.write(text.join(''), piece.length);
  }
}
