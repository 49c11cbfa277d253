/** A part of a connection specification: JSON Schema with Airbyte's hints beside it. */
export interface SpecificationNode {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SpecificationNode>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly SpecificationNode[];
  readonly items?: SpecificationNode;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly examples?: readonly (string | number)[];
  readonly pattern?: string;
  readonly pattern_descriptor?: string;
  readonly format?: string;
  readonly order?: number;
  readonly group?: string;
  readonly groups?: readonly Group[];
  readonly display_type?: string;
  readonly multiline?: boolean;
  readonly airbyte_secret?: boolean;
  readonly airbyte_hidden?: boolean;
  readonly always_show?: boolean;
}

/** A card of the form; fields name it by its id. */
interface Group {
  readonly id: string;
  readonly title: string;
}

/** Names of an object's fields as the form shows them: by `order`, the others behind. */
export function fieldsInOrder(node: SpecificationNode): readonly string[] {
  const place = ([, {order = Number.MAX_SAFE_INTEGER}]: [string, SpecificationNode]) =>
    order;
  return Object.entries(node.properties ?? {})
    .sort((one, other) => place(one) - place(other))
    .map(([name]) => name);
}

/** The name of the constant by which the variants of a choice differ. */
export function discriminatorOf(node: SpecificationNode): string | undefined {
  const [first = {}] = node.oneOf ?? [];
  const constant = Object.entries(first.properties ?? {}).find(
    ([, {const: value}]) => value !== undefined,
  );
  return constant?.[0];
}
