import {type Guid} from '../identity/guid';
import {type Identity} from '../identity/web-id';
import {type Ticks} from '../time/ticks';
import {type AfElement, type AssetDatabase} from './asset-model';
import {type FrameAnnotation} from './frame-act';
import {type Severity} from './templates';

/** An event frame as it stands, or will stand once it is over. */
export interface EventFrame {
  readonly database: AssetDatabase;
  readonly guid: Guid;
  /** The GUID it was first made with: recalculation changes the other one. */
  readonly origin: Guid;
  readonly name: string;
  readonly path: string;
  readonly template: string;
  readonly description: string;
  readonly start: Ticks;
  /** Its end; the frame is open while the clock stands before it. */
  readonly end: Ticks;
  readonly severity: Severity;
  readonly acknowledgement: Acknowledgement | undefined;
  /** Those made so far, the earliest first. */
  readonly annotations: readonly FrameAnnotation[];
  /** How often its values were captured again so far. */
  readonly recaptures: number;
  readonly categories: readonly string[];
  /** The primary one first. */
  readonly elements: readonly AfElement[];
  readonly parent: EventFrame | undefined;
  readonly children: readonly EventFrame[];
  readonly salt: number;
}

/** Who took note of a frame, and when. */
export interface Acknowledgement {
  readonly by: string;
  readonly at: Ticks;
}

export function isOpen({end}: EventFrame, now: Ticks): boolean {
  return now < end;
}

/** The acknowledgement, once it has happened. */
export function acknowledged(
  {acknowledgement}: EventFrame,
  now: Ticks,
): Acknowledgement | undefined {
  return acknowledgement !== undefined && acknowledgement.at <= now
    ? acknowledgement
    : undefined;
}

export function frameIdentity({database, guid, path}: EventFrame): Identity {
  return {marker: 'Fm', guids: [database.server.guid, guid], path};
}
