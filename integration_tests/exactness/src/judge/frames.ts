import {linesOf} from '../play/messages';
import type {Attempt, FrameRow} from '../play/player';
import type {Problems} from './problems';

/**
 * Holds the event frames that were delivered, the newest row of each, against those that
 * PI held at the end of each sync that was complete: open, closed, acknowledged, made
 * anew or deleted.
 */
export function judgeFrames(attempts: readonly Attempt[], problems: Problems): void {
  const newest = new Map<unknown, FrameRow>();
  for (const attempt of attempts) {
    for (const row of framesOf(attempt.text)) newest.set(row['event_frame_id'], row);
    const {exitCode, frames, number, from, to} = attempt;
    if (exitCode !== 0 || frames === undefined || from !== to) continue;
    for (const what of differences([...newest.values()], frames)) {
      problems.add('lost', `attempt ${number}, event frame ${what}`);
    }
  }
}

function* framesOf(text: string): Generator<FrameRow> {
  for (const line of linesOf(text)) {
    if (line.kind !== 'record' || line.stream !== 'event_frames') continue;
    yield JSON.parse(line.data) as FrameRow;
  }
}

function* differences(
  delivered: readonly FrameRow[],
  held: readonly FrameRow[],
): Generator<string> {
  const fields = new Set(held.flatMap((row) => Object.keys(row)));
  const alive = delivered.filter((row) => row['is_deleted'] !== true);
  const byId = new Map(alive.map((row) => [row['event_frame_id'], row]));
  for (const row of held) {
    const id = String(row['event_frame_id']);
    const own = byId.get(row['event_frame_id']);
    byId.delete(row['event_frame_id']);
    if (own === undefined) yield `${id}: not delivered, or called deleted.`;
    else if (textOf(own, fields) !== textOf(row, fields)) {
      yield `${id}: delivered ${textOf(own, fields)}, PI holds ${textOf(row, fields)}.`;
    }
  }
  for (const id of byId.keys()) yield `${String(id)}: PI does not hold it any more.`;
}

/** In one order; absent is null. */
function textOf(row: FrameRow, fields: ReadonlySet<string>): string {
  return JSON.stringify([...fields].sort().map((name) => [name, row[name] ?? null]));
}
