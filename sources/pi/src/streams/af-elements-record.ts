import type {JsonObject} from 'airbyte-cdk-ts';

import type {AssetDatabase} from '../client/asset-databases';
import type {AfElement} from '../client/elements';
import {decodeLink} from '../client/web-id';
import {textOrAbsent} from './absent';
import {
  BOOLEAN,
  field,
  INTEGER,
  OBJECT,
  recordSchema,
  STRING,
  STRINGS,
} from './field-types';

/** JSON Schema of a record of `af_elements`. */
export const AF_ELEMENTS_SCHEMA: JsonObject = recordSchema({
  element_id: {
    type: 'string',
    description: 'GUID of the element, the same after a rename.',
  },
  element_name: field(STRING, 'Name of the element.'),
  element_path: field(STRING, 'Path from the asset server down, with backslashes.'),
  parent_id: field(STRING, 'GUID of the element above; null for one at the top.'),
  paths: field(
    STRINGS,
    'All paths of the element, element_path first: one that is referenced below further elements has several.',
  ),
  reference_parent_ids: field(
    STRINGS,
    'GUIDs of the further elements below which it is referenced; parent_id is not among them.',
  ),
  template_name: field(STRING, 'Name of the element template.'),
  element_type: field(
    STRING,
    'None, Other, Node, Measurement, Flow, Transfer or Boundary; null where PI Web API does not tell.',
  ),
  description: field(STRING, 'Description of the element.'),
  web_id: field(STRING, 'WebID 2.0 (IDOnly) of the element.'),
  asset_server: field(STRING, 'Name of the asset server.'),
  database_name: field(STRING, 'Name of the asset database.'),
  depth: field(INTEGER, 'Level in the hierarchy: 0 at the top of the database.'),
  category_names: field(STRINGS, 'Names of the categories.'),
  has_children: field(BOOLEAN, 'Whether there are elements below.'),
  extended_properties: field(OBJECT, 'Extended properties by name.'),
});

/** What stands beside an element, not in it. */
export interface ElementSurroundings {
  readonly database: AssetDatabase;
  readonly elementType: string | undefined;
  /** Undefined for one at the top. */
  readonly parentId: string | undefined;
  /** Of the elements below which it is referenced. */
  readonly referenceParentIds: readonly string[];
}

/** The record of an element; fields that PI leaves empty are left out. */
export function elementRecord(
  element: AfElement,
  {database, elementType, parentId, referenceParentIds}: ElementSurroundings,
): JsonObject {
  return {
    element_id: element.Id.toLowerCase(),
    element_name: element.Name,
    element_path: element.Path,
    parent_id: parentId,
    paths: [...pathsOf(element)],
    reference_parent_ids: [...referenceParentIds],
    template_name: textOrAbsent(element.TemplateName),
    element_type: elementType,
    description: element.Description ?? undefined,
    web_id: element.WebId,
    asset_server: database.server.name,
    database_name: database.name,
    depth: depthOf(element.Path),
    category_names: element.CategoryNames ?? undefined,
    has_children: element.HasChildren ?? undefined,
    extended_properties: element.ExtendedProperties as JsonObject | null | undefined,
  };
}

/** GUID of the parent as the link to it tells; undefined without such a link. */
export function linkedParentId({Links: links}: AfElement): string | undefined {
  const parent = decodeLink(links?.Parent ?? undefined);
  return parent?.kind === 'element' ? parent.id : undefined;
}

/** The primary path, then those by reference. A server without the others tells one. */
export function pathsOf({Path: path, Paths: paths}: AfElement): readonly string[] {
  return [...new Set([path, ...(paths ?? [])])];
}

/** The path above; undefined for an element at the top of the database. */
export function pathAbove(path: string): string | undefined {
  return depthOf(path) === 0 ? undefined : path.slice(0, path.lastIndexOf('\\'));
}

/** `\\SERVER\Database\Area\Pump` lies at depth 1. */
function depthOf(path: string): number {
  return Math.max(0, path.replace(/^\\+/, '').split('\\').length - 3);
}
