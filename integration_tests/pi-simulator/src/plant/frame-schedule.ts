import {fraction, mix} from '../chance/hash';
import {openGuid, sealGuid, type Guid} from '../identity/guid';
import {
  quantizeToFrame,
  TICKS_PER_DAY,
  TICKS_PER_SECOND,
  type Ticks,
} from '../time/ticks';
import {type EventFrame} from './event-frame';
import {type FrameAct} from './frame-act';
import {SEVERITIES} from './templates';

/** Nothing is done to a frame longer than this after its end. */
export const MAX_FRAME_LIFE_TICKS = 3 * TICKS_PER_DAY;

const HOUR = 3600 * TICKS_PER_SECOND;
const SALT = 0x1f3a;
/** The bit of the ordinal in a GUID that says the frame was made anew. */
const MADE_ANEW = 0x80;
const CREATORS = ['PLANT\\m.keller', 'PLANT\\shift-b', 'PLANT\\a.øster'];
const NOTES = ['Ventil klemmt', 'seen by shift B', 'sensor replaced, "ok"', 'ΔP high'];

/** The chances of one frame, each for its own purpose. */
type Chance = (purpose: number) => number;

/**
 * What is done by and by to a frame of the plan, in order of time: a pure function of
 * the frame and the salt of its GUIDs. Frames are deleted and made anew with all below
 * them; everything else happens to each alone.
 */
export function frameSchedule(
  frame: EventFrame,
  guidSalt: number,
): readonly FrameAct[] {
  return [...own(frame), ...together(frame, guidSalt)].toSorted((a, b) => a.at - b.at);
}

function chanceOf({salt}: EventFrame): Chance {
  return (purpose) => fraction(mix(salt ^ SALT, purpose));
}

function after(instant: Ticks, hours: number): Ticks {
  return quantizeToFrame(Math.floor(instant + hours * HOUR));
}

function own(frame: EventFrame): FrameAct[] {
  const chance = chanceOf(frame);
  const {start, end, salt} = frame;
  const acts: FrameAct[] = [];
  const note = (at: Ticks, ordinal: number): void => {
    const creator = CREATORS[(salt >>> 3) % CREATORS.length] ?? '';
    const value = NOTES[(salt >>> (5 + ordinal)) % NOTES.length] ?? '';
    const id = sealGuid(salt ^ SALT, {high: ordinal, low: 1});
    const annotation = {id, name: value, description: '', value, creator};
    acts.push({
      ...{kind: 'annotate', at},
      annotation: {...annotation, created: at, modifier: creator, modified: at},
    });
  };
  if (chance(1) < 0.4) note(after(start, 0.05 + chance(2) * 2), 0);
  if (chance(3) < 0.3) note(after(end, 0.1 + chance(4) * 20), 1);
  if (chance(5) < 0.3) {
    const severity = SEVERITIES[1 + Math.floor(chance(6) * 5)] ?? 'Major';
    acts.push({kind: 'set_severity', at: after(start, 0.02 + chance(7) * 3), severity});
  }
  if (chance(8) < 0.3)
    acts.push({kind: 'recapture', at: after(end, 0.2 + chance(9) * 24)});
  return acts;
}

/** What happens to a whole tree of frames: it follows from its root. */
function together(frame: EventFrame, guidSalt: number): FrameAct[] {
  const root = rootOf(frame);
  const chance = chanceOf(root);
  const acts: FrameAct[] = [];
  if (chance(11) < 0.2) {
    const at = after(root.end, 1 + chance(12) * 40);
    acts.push({kind: 'recalculate', at, guid: guidMadeAnew(frame, guidSalt)});
  }
  if (chance(13) < 0.1)
    acts.push({kind: 'delete', at: after(root.end, 1 + chance(14) * 70)});
  return acts;
}

function rootOf(frame: EventFrame): EventFrame {
  return frame.parent === undefined ? frame : rootOf(frame.parent);
}

function guidMadeAnew({origin}: EventFrame, guidSalt: number): Guid {
  const {high = 0, low = 0} = openGuid(guidSalt, origin) ?? {};
  return sealGuid(guidSalt, {high, low: low | MADE_ANEW});
}
