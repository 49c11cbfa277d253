/** What Airbyte's form shows of a field, besides what its schema says. */
export interface FieldHints {
  readonly title?: string;
  readonly description?: string;
  /** Place among its neighbours; unique within object and group. */
  readonly order?: number;
  /** Stored encrypted and never shown. On text and whole numbers only. */
  readonly secret?: boolean;
  readonly examples?: readonly unknown[];
  /** Regular expression a browser can check; without it the schema's own counts. */
  readonly pattern?: string;
  /** The pattern in the user's words: `YYYY-MM-DD`. */
  readonly patternDescriptor?: string;
  /** A text of several lines, such as a certificate. */
  readonly multiline?: boolean;
  /** Shown although it is optional. */
  readonly alwaysShow?: boolean;
  readonly hidden?: boolean;
  /** Id of a group of the form; on first-level fields only. */
  readonly group?: string;
  /** How a choice is shown; beside a discriminated union only. */
  readonly displayType?: 'dropdown' | 'radio';
  /** On the whole configuration: its groups in order. */
  readonly groups?: readonly {readonly id: string; readonly title: string}[];
}

const WIRE_NAMES: Readonly<Record<keyof FieldHints, string>> = {
  title: 'title',
  description: 'description',
  order: 'order',
  secret: 'airbyte_secret',
  examples: 'examples',
  pattern: 'pattern',
  patternDescriptor: 'pattern_descriptor',
  multiline: 'multiline',
  alwaysShow: 'always_show',
  hidden: 'airbyte_hidden',
  group: 'group',
  displayType: 'display_type',
  groups: 'groups',
};

/** The hints as metadata of a zod schema: `z.string().meta(hints({title: 'Path'}))`. */
export function hints(fields: FieldHints): Record<string, unknown> {
  const entries = Object.entries(fields) as [keyof FieldHints, unknown][];
  return Object.fromEntries(entries.map(([name, value]) => [WIRE_NAMES[name], value]));
}
