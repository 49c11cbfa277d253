import {type EventFrame, frameIdentity} from '../../plant/event-frame';
import {type FrameAnnotation} from '../../plant/frame-act';
import {formatTrimmed} from '../../time/ticks';
import {links, type Members, webIdOf} from '../members';

/** An annotation and the event frame on which it stands. */
export interface AnnotationOfFrame {
  readonly frame: EventFrame;
  readonly annotation: FrameAnnotation;
}

export const annotationMembers: Members<AnnotationOfFrame> = {
  Id: ({annotation}) => annotation.id,
  Name: ({annotation}) => annotation.name,
  Description: ({annotation}) => annotation.description,
  Value: ({annotation}) => annotation.value,
  Creator: ({annotation}) => annotation.creator,
  CreationDate: ({annotation}) => formatTrimmed(annotation.created),
  Modifier: ({annotation}) => annotation.modifier,
  ModifyDate: ({annotation}) => formatTrimmed(annotation.modified),
  Errors: () => null,
  Links: ({frame, annotation}, view) => {
    const owner = `eventframes/${webIdOf(frameIdentity(frame), view)}`;
    return links(view, {Self: `${owner}/annotations/${annotation.id}`, Owner: owner});
  },
};
