import {encodeWebId} from '../identity/web-id';
import {elementIdentity, type AfElement} from '../plant/asset-model';
import {type Plant} from '../plant/plant';

/** Every element, as lines of JSON in the fields of the `af_elements` stream. */
export function* elementsTruth({assets}: Plant): Generator<string> {
  for (const {elements} of assets.server.databases) {
    const holders = referenceHolders(elements);
    for (const element of elements) {
      const parents = holders.get(element) ?? [];
      yield `${JSON.stringify(elementRecord(element, parents))}\n`;
    }
  }
}

/** Of each element that hangs anywhere by reference, the elements it hangs below. */
function referenceHolders(
  elements: readonly AfElement[],
): ReadonlyMap<AfElement, readonly AfElement[]> {
  const holders = new Map<AfElement, AfElement[]>();
  for (const holder of elements) {
    for (const element of holder.references) {
      const known = holders.get(element);
      if (known === undefined) holders.set(element, [holder]);
      else known.push(holder);
    }
  }
  return holders;
}

function elementRecord(
  element: AfElement,
  referenceParents: readonly AfElement[],
): Record<string, unknown> {
  const {database, parent, template, extendedProperties} = element;
  return {
    element_id: element.guid,
    element_name: element.name,
    element_path: element.path,
    ...(parent !== undefined && {parent_id: parent.guid}),
    reference_parent_ids: referenceParents.map(({guid}) => guid),
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
