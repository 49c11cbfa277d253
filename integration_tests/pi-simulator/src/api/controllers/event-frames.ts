import {type EventFrame} from '../../plant/event-frame';
import {frameAttributes} from '../../plant/event-frame-attributes';
import {type Ticks} from '../../time/ticks';
import {type Answer} from '../answer';
import {
  FRAME_SEARCH_PARAMETERS,
  framesOfDatabase,
  REFERENCED_ELEMENT_PARAMETERS,
  searchFrames,
} from '../event-frame-search';
import {byPath, byWebId, multiple, MULTIPLE_PARAMETERS, subjectOf} from '../kind';
import {annotationMembers} from '../kinds/annotation';
import {categoriesOf, categoryMembers} from '../kinds/category-kind';
import {databaseKind} from '../kinds/database-kind';
import {elementKind} from '../kinds/element-kind';
import {frameKind, frameMembers, startedChildren} from '../kinds/frame-kind';
import {listAnswer, pagedAnswer} from '../paging';
import {type Call, type Route} from '../route';
import {ATTRIBUTE_FILTERS, attributesAnswer} from './attributes';
function framesAnswer(call: Call, subjects: readonly EventFrame[]): Answer {
  return pagedAnswer(call, {members: frameMembers, subjects});
}

/** Frames of a database: those without a parent, or all of them. */
function framesInDatabase(call: Call): Answer {
  const database = subjectOf(databaseKind, call);
  const isDeep = call.query.flag('searchFullHierarchy') === true;
  const found = searchFrames(call, framesOfDatabase(call.world, database));
  return framesAnswer(
    call,
    isDeep ? found : found.filter(({parent}) => parent === undefined),
  );
}

/** Frames that refer to an element, whatever their level. */
function framesOfElement(call: Call): Answer {
  const element = subjectOf(elementKind, call);
  const found = searchFrames(call, framesOfDatabase(call.world, element.database));
  return framesAnswer(
    call,
    found.filter(({elements}) => elements.includes(element)),
  );
}

/** Frames below a frame. */
function framesOfFrame(call: Call): Answer {
  const frame = subjectOf(frameKind, call);
  const isDeep = call.query.flag('searchFullHierarchy') === true;
  return framesAnswer(
    call,
    searchFrames(call, ({now}) => below(frame, now, isDeep)),
  );
}

function below(frame: EventFrame, now: Ticks, isDeep: boolean): readonly EventFrame[] {
  const children = startedChildren(frame, now);
  return isDeep
    ? children.flatMap((child) => [child, ...below(child, now, true)])
    : children;
}

function categoriesOfFrame(call: Call): Answer {
  const {database, categories} = subjectOf(frameKind, call);
  const subjects = categoriesOf(call.world.plant, database, 'element').filter(
    ({category}) => categories.includes(category.name),
  );
  return listAnswer(call, {members: categoryMembers, subjects});
}

function annotationsOfFrame(call: Call): Answer {
  const frame = subjectOf(frameKind, call);
  const subjects = frame.annotations.map((annotation) => ({frame, annotation}));
  return listAnswer(call, {members: annotationMembers, subjects});
}

export const eventFrameRoutes: readonly Route[] = [
  {
    operation: 'GET /eventframes',
    parameters: ['path'],
    answers: 'EventFrame',
    handle: byPath(frameKind),
  },
  {
    operation: 'GET /eventframes/multiple',
    parameters: MULTIPLE_PARAMETERS,
    answers: 'Items[Item[EventFrame]]',
    handle: multiple(frameKind),
  },
  {
    operation: 'GET /eventframes/{webId}',
    parameters: [],
    answers: 'EventFrame',
    handle: byWebId(frameKind),
  },
  {
    operation: 'GET /eventframes/{webId}/attributes',
    parameters: ATTRIBUTE_FILTERS,
    answers: 'Items[Attribute]',
    handle: (call) =>
      attributesAnswer(call, frameAttributes(subjectOf(frameKind, call))),
  },
  {
    operation: 'GET /eventframes/{webId}/eventframes',
    parameters: [
      ...FRAME_SEARCH_PARAMETERS,
      ...REFERENCED_ELEMENT_PARAMETERS,
      'searchFullHierarchy',
    ],
    answers: 'Items[EventFrame]',
    handle: framesOfFrame,
  },
  {
    operation: 'GET /eventframes/{webId}/referencedelements',
    parameters: [],
    answers: 'Items[Element]',
    handle: (call) =>
      listAnswer(call, {
        members: elementKind.members,
        subjects: subjectOf(frameKind, call).elements,
      }),
  },
  {
    operation: 'GET /eventframes/{webId}/categories',
    parameters: [],
    answers: 'Items[ElementCategory]',
    handle: categoriesOfFrame,
  },
  {
    operation: 'GET /eventframes/{webId}/annotations',
    parameters: [],
    answers: 'Items[Annotation]',
    handle: annotationsOfFrame,
  },
  {
    operation: 'GET /assetdatabases/{webId}/eventframes',
    parameters: [
      ...FRAME_SEARCH_PARAMETERS,
      ...REFERENCED_ELEMENT_PARAMETERS,
      'searchFullHierarchy',
    ],
    answers: 'Items[EventFrame]',
    handle: framesInDatabase,
  },
  {
    operation: 'GET /elements/{webId}/eventframes',
    parameters: FRAME_SEARCH_PARAMETERS,
    answers: 'Items[EventFrame]',
    handle: framesOfElement,
  },
];
