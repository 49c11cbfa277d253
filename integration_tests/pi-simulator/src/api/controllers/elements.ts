import {type AfElement, type AssetDatabase} from '../../plant/asset-model';
import {derivesFrom} from '../../plant/templates';
import {type Answer, jsonAnswer} from '../answer';
import {byPath, byWebId, multiple, MULTIPLE_PARAMETERS, subjectOf} from '../kind';
import {categoriesOf, categoryMembers} from '../kinds/category-kind';
import {elementKind, elementMembers} from '../kinds/element-kind';
import {type Members} from '../members';
import {nameFilter} from '../name-filter';
import {listAnswer, pagedAnswer} from '../paging';
import {type Call, type Route} from '../route';
import {prune} from '../selection';
import {sorted, type SortFields} from '../sorting';
const SORT_FIELDS: SortFields<AfElement> = {
  name: ({name}) => name.toUpperCase(),
  id: ({guid}) => guid,
  type: ({type}) => type,
  template: ({template}) => template.toUpperCase(),
  description: ({description}) => description.toUpperCase(),
};

export const ELEMENT_FILTERS = [
  ...['nameFilter', 'descriptionFilter', 'categoryName', 'templateName', 'elementType'],
  ...['sortField', 'sortOrder', 'startIndex', 'maxCount', 'associations'],
];

/** Answers a page of the elements that pass the filters. */
export function elementsAnswer(call: Call, elements: readonly AfElement[]): Answer {
  const subjects = sorted(call, elements.filter(elementFilter(call)), SORT_FIELDS);
  return pagedAnswer(call, {members: elementMembersFor(call), subjects});
}

/** `associations=Paths` fills the paths of every parent. */
export function elementMembersFor({query}: Call): Members<AfElement> {
  const wanted = (query.text('associations') ?? '').toLowerCase().split(';');
  if (!wanted.includes('paths')) return elementMembers;
  return {...elementMembers, Paths: (element) => pathsOf(element)};
}

function pathsOf(element: AfElement): readonly string[] {
  const holders = element.database.elements.filter(({references}) =>
    references.includes(element),
  );
  return [element.path, ...holders.map(({path}) => `${path}\\${element.name}`)];
}

function elementFilter({query}: Call): (element: AfElement) => boolean {
  const isNamed = nameFilter(query.text('nameFilter'));
  const isDescribed = nameFilter(query.text('descriptionFilter'));
  const category = query.text('categoryName')?.toLowerCase();
  const template = query.text('templateName');
  const type = query.text('elementType')?.toLowerCase() ?? 'any';
  return (element) =>
    (type === 'any' || type === element.type.toLowerCase()) &&
    isNamed(element.name) &&
    isDescribed(element.description) &&
    (template === undefined || derivesFrom(element.template, template)) &&
    (category === undefined ||
      element.categories.some((own) => own.toLowerCase() === category));
}

/** The elements of a database: those at the top, or all of them. */
export function elementsOfDatabase(
  {query}: Call,
  {elements}: AssetDatabase,
): readonly AfElement[] {
  if (query.flag('searchFullHierarchy') === true) return elements;
  return elements.filter(({depth}) => depth === 0);
}

/** The elements below one, by hierarchy; without `searchFullHierarchy` its children. */
function elementsBelow({query}: Call, element: AfElement): readonly AfElement[] {
  return query.flag('searchFullHierarchy') === true
    ? descendants(element)
    : element.children;
}

export function descendants({children}: AfElement): readonly AfElement[] {
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function paths(call: Call): Answer {
  const relative = call.query.text('relativePath') ?? '';
  const items = pathsOf(subjectOf(elementKind, call)).filter((path) =>
    path.startsWith(relative),
  );
  return jsonAnswer(prune({Items: items}, call.selection));
}

function categoriesOfElement(call: Call): Answer {
  const {database, categories} = subjectOf(elementKind, call);
  const subjects = categoriesOf(call.world.plant, database, 'element').filter(
    ({category}) => categories.includes(category.name),
  );
  return listAnswer(call, {members: categoryMembers, subjects});
}

export const elementRoutes: readonly Route[] = [
  {
    operation: 'GET /elements',
    parameters: ['path'],
    answers: 'Element',
    handle: byPath(elementKind),
  },
  {
    operation: 'GET /elements/multiple',
    parameters: MULTIPLE_PARAMETERS,
    answers: 'Items[Item[Element]]',
    handle: multiple(elementKind),
  },
  {
    operation: 'GET /elements/{webId}',
    parameters: [],
    answers: 'Element',
    handle: byWebId(elementKind),
  },
  {
    operation: 'GET /elements/{webId}/elements',
    parameters: [...ELEMENT_FILTERS, 'searchFullHierarchy'],
    answers: 'Items[Element]',
    handle: (call) =>
      elementsAnswer(call, elementsBelow(call, subjectOf(elementKind, call))),
  },
  {
    operation: 'GET /elements/{webId}/referencedelements',
    parameters: ELEMENT_FILTERS,
    answers: 'Items[Element]',
    handle: (call) => elementsAnswer(call, subjectOf(elementKind, call).references),
  },
  {
    operation: 'GET /elements/{webId}/categories',
    parameters: [],
    answers: 'Items[ElementCategory]',
    handle: categoriesOfElement,
  },
  {
    operation: 'GET /elements/{webId}/paths',
    parameters: ['relativePath'],
    answers: 'Items[string]',
    handle: paths,
  },
];
