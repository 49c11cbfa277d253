import {type Guid} from '../identity/guid';
import {type Ticks} from '../time/ticks';
import {type Severity} from './templates';

/** What somebody noted on an event frame. */
export interface FrameAnnotation {
  readonly id: Guid;
  readonly name: string;
  readonly description: string;
  readonly value: string;
  readonly creator: string;
  readonly created: Ticks;
  readonly modifier: string;
  readonly modified: Ticks;
}

/** Something that is done to an event frame at an instant. */
export type FrameAct = {readonly at: Ticks} & (
  | {readonly kind: 'acknowledge'; readonly by: string}
  | {readonly kind: 'annotate'; readonly annotation: FrameAnnotation}
  | {readonly kind: 'set_severity'; readonly severity: Severity}
  /** Its attribute values are captured once more, and come out different. */
  | {readonly kind: 'recapture'}
  /** It is deleted and made anew: what people did to it is lost. */
  | {readonly kind: 'recalculate'; readonly guid: Guid}
  | {readonly kind: 'close'; readonly end: Ticks}
  | {readonly kind: 'delete'}
);
