import {type Answer} from '../answer';
import {byPath, byWebId, subjectOf} from '../kind';
import {categoriesOf, categoryMembers, type Family} from '../kinds/category-kind';
import {databaseKind} from '../kinds/database-kind';
import {databaseSets, enumerationSetMembers} from '../kinds/enumeration-kinds';
import {tableMembers, tablesOf} from '../kinds/table-kind';
import {listAnswer} from '../paging';
import {type Call, type Route} from '../route';
import {FIND_PARAMETERS, findAttributes} from './attributes';
import {templatesAnswer} from './element-templates';
import {ELEMENT_FILTERS, elementsAnswer, elementsOfDatabase} from './elements';

const categoryRoute = (family: Family, resource: string, type: string): Route => ({
  operation: `GET /assetdatabases/{webId}/${resource}`,
  parameters: [],
  answers: `Items[${type}]`,
  handle: (call) =>
    listAnswer(call, {
      members: categoryMembers,
      subjects: categoriesOf(call.world.plant, subjectOf(databaseKind, call), family),
    }),
});

/** Nothing hangs below a database by reference alone. */
function referencedElements(call: Call): Answer {
  subjectOf(databaseKind, call);
  return elementsAnswer(call, []);
}

export const assetDatabaseRoutes: readonly Route[] = [
  {
    operation: 'GET /assetdatabases',
    parameters: ['path'],
    answers: 'AssetDatabase',
    handle: byPath(databaseKind),
  },
  {
    operation: 'GET /assetdatabases/{webId}',
    parameters: [],
    answers: 'AssetDatabase',
    handle: byWebId(databaseKind),
  },
  {
    operation: 'GET /assetdatabases/{webId}/elements',
    parameters: [...ELEMENT_FILTERS, 'searchFullHierarchy'],
    answers: 'Items[Element]',
    handle: (call) =>
      elementsAnswer(call, elementsOfDatabase(call, subjectOf(databaseKind, call))),
  },
  {
    operation: 'GET /assetdatabases/{webId}/elementattributes',
    parameters: FIND_PARAMETERS,
    answers: 'Items[Attribute]',
    handle: (call) =>
      findAttributes(call, elementsOfDatabase(call, subjectOf(databaseKind, call))),
  },
  {
    operation: 'GET /assetdatabases/{webId}/referencedelements',
    parameters: ELEMENT_FILTERS,
    answers: 'Items[Element]',
    handle: referencedElements,
  },
  {
    operation: 'GET /assetdatabases/{webId}/elementtemplates',
    parameters: ['query', 'sortField', 'sortOrder', 'maxCount'],
    answers: 'Items[ElementTemplate]',
    handle: (call) => templatesAnswer(call, subjectOf(databaseKind, call)),
  },
  categoryRoute('element', 'elementcategories', 'ElementCategory'),
  categoryRoute('attribute', 'attributecategories', 'AttributeCategory'),
  categoryRoute('table', 'tablecategories', 'TableCategory'),
  {
    operation: 'GET /assetdatabases/{webId}/enumerationsets',
    parameters: [],
    answers: 'Items[EnumerationSet]',
    handle: (call) =>
      listAnswer(call, {
        members: enumerationSetMembers,
        subjects: databaseSets(call.world.plant, subjectOf(databaseKind, call)),
      }),
  },
  {
    operation: 'GET /assetdatabases/{webId}/tables',
    parameters: [],
    answers: 'Items[Table]',
    handle: (call) =>
      listAnswer(call, {
        members: tableMembers,
        subjects: tablesOf(call.world.plant, subjectOf(databaseKind, call)),
      }),
  },
];
