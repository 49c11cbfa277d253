import {encodeWebId} from '../identity/web-id';
import {elementIdentity, type AfElement} from '../plant/asset-model';
import {type Plant} from '../plant/plant';

/** Every element, as lines of JSON in the fields of the `af_elements` stream. */
export function* elementsTruth({assets}: Plant): Generator<string> {
  for (const database of assets.server.databases) {
    for (const element of database.elements) {
      yield `${JSON.stringify(elementRecord(element))}\n`;
    }
  }
}

function elementRecord(element: AfElement): Record<string, unknown> {
  const {database, parent, template, extendedProperties} = element;
  return {
    element_id: element.guid,
    element_name: element.name,
    element_path: element.path,
    ...(parent !== undefined && {parent_id: parent.guid}),
    ...(template !== '' && {template_name: template}),
    element_type: element.type,
    description: element.description,
    web_id: encodeWebId(elementIdentity(element), 'IDOnly'),
    asset_server: database.server.name,
    database_name: database.name,
    depth: element.depth,
    category_names: element.categories,
    has_children: element.children.length > 0,
    extended_properties: Object.fromEntries(
      Object.entries(extendedProperties).map(([name, value]) => [name, {Value: value}]),
    ),
  };
}
