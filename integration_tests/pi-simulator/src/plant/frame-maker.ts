import {fraction, mix} from '../chance/hash';
import {sealGuid} from '../identity/guid';
import {quantizeToFrame, type Ticks, TICKS_PER_SECOND} from '../time/ticks';
import {type AfElement, type AssetDatabase, databasePath} from './asset-model';
import {type Acknowledgement, type EventFrame} from './event-frame';
import {type ElementTemplate, type Severity, templateByName} from './templates';

const HOUR = 3600 * TICKS_PER_SECOND;

/** Where a slot's frames come from. */
export interface Place {
  readonly index: number;
  readonly slot: number;
  readonly salt: number;
}

interface NewFrame {
  readonly template: string;
  readonly name: string;
  readonly start: Ticks;
  readonly end: Ticks;
  readonly elements: readonly AfElement[];
  readonly parent?: FillingFrame;
  readonly severity?: Severity;
  readonly acknowledgement?: Acknowledgement | undefined;
  readonly description?: string;
}

/** A frame while its children are still being made. */
export type FillingFrame = EventFrame & {readonly children: EventFrame[]};

/** Makes the frames of one slot. */
export class FrameMaker {
  readonly frames: FillingFrame[] = [];

  constructor(
    private readonly database: AssetDatabase,
    private readonly guidSalt: number,
    readonly place: Place,
  ) {}

  /** A number in [0, 1) that belongs to this slot and purpose. */
  chance(purpose: number): number {
    return fraction(mix(this.place.salt, purpose));
  }

  add(made: NewFrame): FillingFrame {
    const {index, slot, salt} = this.place;
    const ordinal = this.frames.length;
    const template = templateByName(made.template);
    const {parent, name} = made;
    const low = ((index << 8) | ordinal) >>> 0;
    const guid = sealGuid(this.guidSalt, {high: slot, low});
    const frame: FillingFrame = {
      database: this.database,
      guid,
      origin: guid,
      name,
      path: framePath(this.database, name, parent),
      template: made.template,
      description: made.description ?? '',
      start: quantizeToFrame(made.start),
      end: quantizeToFrame(made.end),
      severity: made.severity ?? severityOf(template),
      acknowledgement: made.acknowledgement,
      annotations: [],
      recaptures: 0,
      categories: template?.categories ?? [],
      elements: made.elements,
      parent,
      children: [],
      salt: mix(salt, 100 + ordinal),
    };
    this.frames.push(frame);
    parent?.children.push(frame);
    return frame;
  }

  /** An acknowledgement some time after `from`, for about two thirds of the frames. */
  acknowledgement(from: Ticks): Acknowledgement | undefined {
    if (this.chance(20) > 0.66) return undefined;
    const by = ['PLANT\\m.keller', 'PLANT\\shift-b', 'PLANT\\a.øster'][
      this.place.salt % 3
    ];
    const at = quantizeToFrame(from + Math.floor(this.chance(21) * 3 * HOUR));
    return {by: by ?? '', at};
  }
}

/** The path of a frame, which hangs below its parent. */
export function framePath(
  database: AssetDatabase,
  name: string,
  parent: EventFrame | undefined,
): string {
  if (parent !== undefined) return `${parent.path}\\${name}`;
  return `${databasePath(database)}\\EventFrames[${name}]`;
}

export function severityOf(template: ElementTemplate | undefined): Severity {
  return template?.severity ?? 'None';
}
