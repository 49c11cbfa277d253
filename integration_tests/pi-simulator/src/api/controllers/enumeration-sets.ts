import {byPath, byWebId, subjectOf} from '../kind';
import {
  enumerationSetKind,
  enumerationValueKind,
  enumerationValueMembers,
  valuesOf,
} from '../kinds/enumeration-kinds';
import {listAnswer} from '../paging';
import {type Route} from '../route';
export const enumerationRoutes: readonly Route[] = [
  {
    operation: 'GET /enumerationsets',
    parameters: ['path'],
    answers: 'EnumerationSet',
    handle: byPath(enumerationSetKind),
  },
  {
    operation: 'GET /enumerationsets/{webId}',
    parameters: [],
    answers: 'EnumerationSet',
    handle: byWebId(enumerationSetKind),
  },
  {
    operation: 'GET /enumerationsets/{webId}/enumerationvalues',
    parameters: [],
    answers: 'Items[EnumerationValue]',
    handle: (call) =>
      listAnswer(call, {
        members: enumerationValueMembers,
        subjects: valuesOf(call.world.plant, subjectOf(enumerationSetKind, call)),
      }),
  },
  {
    operation: 'GET /enumerationvalues',
    parameters: ['path'],
    answers: 'EnumerationValue',
    handle: byPath(enumerationValueKind),
  },
  {
    operation: 'GET /enumerationvalues/{webId}',
    parameters: [],
    answers: 'EnumerationValue',
    handle: byWebId(enumerationValueKind),
  },
];
