import {edit, type Mutation} from './mutation';

const cases = ['event frames', 'event frames under faults and kills'];

/** Breaks in how event frames are found and found again. */
export const FRAME_MUTATIONS: readonly Mutation[] = [
  {
    name: 'frames by their start',
    says: 'Only frames that began in the window are read, and none is seen to close (S-28).',
    edits: [
      edit(
        'streams/event-frames-reading',
        "first ? 'Overlapped' : 'StartInclusive'",
        "first ? 'StartInclusive' : 'StartInclusive'",
      ),
    ],
    cases,
  },
  {
    name: 'root frames only',
    says: 'Frames inside of frames do not exist (S-24).',
    edits: [
      edit(
        'client/event-frames',
        'searchFullHierarchy: true,',
        'searchFullHierarchy: false,',
      ),
    ],
    cases,
  },
  {
    name: 'open frames end in 9999',
    says: 'The mark of an open frame is taken for its end (S-27).',
    edits: [
      edit('streams/absent', "instant.startsWith('9999-') || SENTINELS", 'SENTINELS'),
    ],
    cases,
  },
  {
    name: 'deleted frames stay',
    says: 'A frame that was recalculated or deleted is never taken back (S-28, F-7).',
    edits: [
      edit(
        'streams/event-frames-reading',
        'if (gone.length === 0) return;',
        'if (gone.length >= 0) return;',
      ),
    ],
    cases,
  },
  {
    name: 'no values of frames',
    says: 'The attributes of a frame are empty (L-15, S-26).',
    edits: [
      edit(
        'streams/event-frames-reading',
        '{values: own, annotations: noted, database}',
        '{values: {ok: true, content: {Items: []}} as never, annotations: noted, database}',
      ),
    ],
    cases,
  },
];
