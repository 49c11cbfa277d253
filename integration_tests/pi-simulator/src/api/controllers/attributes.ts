import {type AfAttribute, type AfElement} from '../../plant/asset-model';
import {elementAttributes, withDescendants} from '../../plant/attributes';
import {type Point, pointIdentity} from '../../plant/point';
import {derivesFrom} from '../../plant/templates';
import {type Answer, textAnswer} from '../answer';
import {byPath, byWebId, multiple, MULTIPLE_PARAMETERS, subjectOf} from '../kind';
import {attributeKind, databaseOf} from '../kinds/attribute-kind';
import {categoriesOf, categoryMembers} from '../kinds/category-kind';
import {elementKind} from '../kinds/element-kind';
import {pointKind} from '../kinds/point-kind';
import {type Members, type View, webIdOf} from '../members';
import {nameFilter} from '../name-filter';
import {listAnswer, pagedAnswer} from '../paging';
import {type Call, type Route} from '../route';
import {presentValue} from '../readings/single-value';
import {sorted, type SortFields} from '../sorting';
import {errorValue} from '../error-value';
import {ownFault} from '../stream-fault';
import {attributeStream} from '../stream';
import {descendants} from './elements';
import {ValueWriter} from '../value-writer';

const SORT_FIELDS: SortFields<AfAttribute> = {
  name: ({name}) => name.toUpperCase(),
  id: ({guid}) => guid,
  type: ({type}) => type,
};

const LIST_PARAMETERS = [
  ...['sortField', 'sortOrder', 'startIndex', 'maxCount', 'associations'],
  'searchFullHierarchy',
];
/** Parameters of the lists of one owner's attributes. */
export const ATTRIBUTE_FILTERS = [
  ...['nameFilter', 'categoryName', 'templateName', 'valueType'],
  ...['trait', 'traitCategory', 'showExcluded', 'showHidden'],
  ...LIST_PARAMETERS,
];

/** Answers a page of an owner's attributes; child attributes only where asked for. */
export function attributesAnswer(
  call: Call,
  attributes: readonly AfAttribute[],
): Answer {
  const {query} = call;
  const isNamed = nameFilter(query.text('nameFilter'));
  const category = query.text('categoryName')?.toLowerCase();
  const type = query.text('valueType')?.toLowerCase();
  const all =
    query.flag('searchFullHierarchy') === true
      ? withDescendants(attributes)
      : attributes;
  const wanted = all.filter(
    (attribute) =>
      isNamed(attribute.name) &&
      hasCategory(attribute, category) &&
      hasType(attribute, type),
  );
  return page(call, query.all('trait').length > 0 ? [] : wanted);
}

function page(call: Call, attributes: readonly AfAttribute[]): Answer {
  const subjects = sorted(call, attributes, SORT_FIELDS);
  return pagedAnswer(call, {members: attributeMembersFor(call), subjects});
}

function hasCategory({categories}: AfAttribute, wanted: string | undefined): boolean {
  return wanted === undefined || categories.some((own) => own.toLowerCase() === wanted);
}

function hasType({type}: AfAttribute, wanted: string | undefined): boolean {
  return wanted === undefined || type.toLowerCase() === wanted;
}

/** `associations=DataReference` adds the point behind the attribute. */
export function attributeMembersFor({query}: Call): Members<AfAttribute> {
  const wanted = (query.text('associations') ?? '').toLowerCase().split(';');
  if (!wanted.includes('datareference')) return attributeKind.members;
  return {
    ...attributeKind.members,
    DataReference: ({source}, view) =>
      source.kind === 'point'
        ? {Type: 'PIPoint', PIPoint: referencedPoint(source.point, view)}
        : undefined,
  };
}

function referencedPoint(point: Point, view: View): Record<string, unknown> {
  const entries = Object.entries(pointKind.members).filter(
    ([name]) => name !== 'Links',
  );
  const members = Object.fromEntries(
    entries.map(([name, make]) => [name, make(point, view)]),
  );
  return {...members, WebId: webIdOf(pointIdentity(point), view)};
}

/** Parameters of the search over the attributes of many elements. */
export const FIND_PARAMETERS = [
  ...[
    'elementNameFilter',
    'elementDescriptionFilter',
    'elementCategory',
    'elementTemplate',
  ],
  ...[
    'elementType',
    'attributeNameFilter',
    'attributeDescriptionFilter',
    'attributeCategory',
  ],
  'attributeType',
  ...LIST_PARAMETERS,
];

/** Answers a page of the attributes of those elements that pass the filters. */
export function findAttributes(call: Call, elements: readonly AfElement[]): Answer {
  const isWanted = attributeFilter(call);
  const attributes = elements
    .filter(elementFilter(call))
    .flatMap((element) => elementAttributes(element))
    .filter(isWanted);
  return page(call, attributes);
}

function elementFilter({query}: Call): (element: AfElement) => boolean {
  const isNamed = nameFilter(query.text('elementNameFilter'));
  const isDescribed = nameFilter(query.text('elementDescriptionFilter'));
  const template = query.text('elementTemplate');
  const category = query.text('elementCategory')?.toLowerCase();
  return (element) =>
    isNamed(element.name) &&
    isDescribed(element.description) &&
    (template === undefined || derivesFrom(element.template, template)) &&
    (category === undefined ||
      element.categories.some((own) => own.toLowerCase() === category));
}

function attributeFilter({query}: Call): (attribute: AfAttribute) => boolean {
  const isNamed = nameFilter(query.text('attributeNameFilter'));
  const isDescribed = nameFilter(query.text('attributeDescriptionFilter'));
  const category = query.text('attributeCategory')?.toLowerCase();
  const type = query.text('attributeType')?.toLowerCase();
  return (attribute) =>
    isNamed(attribute.name) &&
    isDescribed(attribute.description) &&
    hasCategory(attribute, category) &&
    hasType(attribute, type);
}

function categoriesOfAttribute(call: Call): Answer {
  const attribute = subjectOf(attributeKind, call);
  const database = databaseOf(call.world, attribute);
  const all =
    database === undefined ? [] : categoriesOf(call.world.plant, database, 'attribute');
  const subjects = all.filter(({category}) =>
    attribute.categories.includes(category.name),
  );
  return listAnswer(call, {members: categoryMembers, subjects});
}

function valueOfAttribute(call: Call): Answer {
  const stream = attributeStream(subjectOf(attributeKind, call));
  const fault = ownFault(call.world, stream);
  const {clock} = call.world;
  if (fault?.scope === 'value') {
    return textAnswer([errorValue(clock.now(), fault.message, call.selection)]);
  }
  const value = presentValue(call.world, stream, undefined);
  return textAnswer([new ValueWriter(call.selection, stream.units).write(value)]);
}

function attributesBelowElement(call: Call): Answer {
  const element = subjectOf(elementKind, call);
  const isDeep = call.query.flag('searchFullHierarchy') === true;
  return findAttributes(call, isDeep ? [element, ...descendants(element)] : [element]);
}

export const attributeRoutes: readonly Route[] = [
  {
    operation: 'GET /attributes',
    parameters: ['path'],
    answers: 'Attribute',
    handle: byPath(attributeKind),
  },
  {
    operation: 'GET /attributes/multiple',
    parameters: MULTIPLE_PARAMETERS,
    answers: 'Items[Item[Attribute]]',
    handle: multiple(attributeKind),
  },
  {
    operation: 'GET /attributes/{webId}',
    parameters: [],
    answers: 'Attribute',
    handle: byWebId(attributeKind),
  },
  {
    operation: 'GET /attributes/{webId}/attributes',
    parameters: ATTRIBUTE_FILTERS,
    answers: 'Items[Attribute]',
    handle: (call) => attributesAnswer(call, subjectOf(attributeKind, call).children),
  },
  {
    operation: 'GET /attributes/{webId}/categories',
    parameters: [],
    answers: 'Items[AttributeCategory]',
    handle: categoriesOfAttribute,
  },
  {
    operation: 'GET /attributes/{webId}/value',
    parameters: [],
    answers: 'TimedValue',
    handle: valueOfAttribute,
  },
  {
    operation: 'GET /elements/{webId}/attributes',
    parameters: ATTRIBUTE_FILTERS,
    answers: 'Items[Attribute]',
    handle: (call) =>
      attributesAnswer(call, elementAttributes(subjectOf(elementKind, call))),
  },
  {
    operation: 'GET /elements/{webId}/elementattributes',
    parameters: FIND_PARAMETERS,
    answers: 'Items[Attribute]',
    handle: attributesBelowElement,
  },
];
