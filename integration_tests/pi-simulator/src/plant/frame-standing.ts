import {type Ticks} from '../time/ticks';
import {type EventFrame} from './event-frame';
import {type FrameAct} from './frame-act';
import {type FillingFrame} from './frame-maker';

/** What was or will be done to a frame, in order of time. */
export type ActsOf = (frame: EventFrame) => readonly FrameAct[];

/**
 * A frame and all below it as they stand at an instant, parents before their children;
 * empty for one that is deleted by then.
 */
export function standingFrames(
  root: EventFrame,
  actsOf: ActsOf,
  now: Ticks,
): readonly FillingFrame[] {
  const standing: FillingFrame[] = [];
  const add = (frame: EventFrame, parent: FillingFrame | undefined): void => {
    const done = actsOf(frame).filter(({at}) => at <= now);
    if (done.some(({kind}) => kind === 'delete')) return;
    const end = Math.min(frame.end, parent?.end ?? Infinity);
    if (parent !== undefined && frame.start >= end) return;
    const elements = frame.elements.filter((own) => own.database.holds(own));
    const plain: FillingFrame = {...frame, end, elements, parent, children: []};
    const own = done.reduce(afterAct, plain);
    standing.push(own);
    parent?.children.push(own);
    for (const child of frame.children) add(child, own);
  };
  add(root, undefined);
  return standing;
}

function afterAct(frame: FillingFrame, act: FrameAct): FillingFrame {
  switch (act.kind) {
    case 'acknowledge':
      return {...frame, acknowledgement: {by: act.by, at: act.at}};
    case 'annotate':
      return {...frame, annotations: [...frame.annotations, act.annotation]};
    case 'set_severity':
      return {...frame, severity: act.severity};
    case 'recapture':
      return {...frame, recaptures: frame.recaptures + 1};
    case 'recalculate':
      return {...madeAnew(frame, act.at), guid: act.guid};
    case 'close':
      return {...frame, end: Math.min(frame.end, act.end)};
    case 'delete':
      return frame;
  }
}

/** Nobody has looked at the new frame yet; an acknowledgement still to come will be. */
function madeAnew(frame: FillingFrame, at: Ticks): FillingFrame {
  const {acknowledgement} = frame;
  const isLost = acknowledgement !== undefined && acknowledgement.at <= at;
  return {
    ...frame,
    annotations: [],
    acknowledgement: isLost ? undefined : acknowledgement,
  };
}
