/** A JSON Schema, or any part of one. */
export type SchemaNode = Readonly<Record<string, unknown>>;

export function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of a node's `properties`. */
export function propertiesOf(
  node: SchemaNode,
): readonly (readonly [string, SchemaNode])[] {
  const properties = node['properties'];
  if (!isNode(properties)) return [];
  return Object.entries(properties).filter((entry): entry is [string, SchemaNode] =>
    isNode(entry[1]),
  );
}

/** The nodes of a list-valued keyword such as `oneOf`. */
export function nodesOf(node: SchemaNode, keyword: string): readonly SchemaNode[] {
  const list = node[keyword];
  return Array.isArray(list) ? list.filter(isNode) : [];
}

/** Every schema directly below a node: of its properties, items and alternatives. */
export function childrenOf(node: SchemaNode): readonly SchemaNode[] {
  const items = node['items'];
  return [
    ...propertiesOf(node).map(([, child]) => child),
    ...(isNode(items) ? [items] : []),
    ...['oneOf', 'anyOf', 'allOf'].flatMap((keyword) => nodesOf(node, keyword)),
  ];
}
