import type {JsonSchema} from '../../stage/catalog';

/** Shorter ones would be found in words that have nothing to do with them. */
const MIN_LENGTH = 4;

/** Enough of a base64 text to be no accident. */
const MIN_BASE64_LENGTH = 8;

/** A line of a key or certificate that is a secret by itself. */
const MIN_LINE_LENGTH = 16;

interface Secret {
  readonly value: string;
  /** Texts beside it in the config: the user name that belongs to a password. */
  readonly beside: readonly string[];
}

/** The values that a specification marks as secret, in whichever branch they are. */
export function secretsIn(config: unknown, schema: JsonSchema): readonly Secret[] {
  if (typeof config !== 'object' || config === null) return [];
  const members = Object.entries(config as Record<string, unknown>);
  const beside = members.flatMap(([, value]) => (isText(value) ? [value] : []));
  return branches(schema).flatMap(({properties = {}, items}) =>
    members.flatMap(([name, value]): readonly Secret[] => {
      const of = properties[name] ?? (items as JsonSchema | undefined) ?? {};
      if (of['airbyte_secret'] !== true) return secretsIn(value, of);
      return leaves(value).map((leaf) => ({value: leaf, beside}));
    }),
  );
}

/** Every text that gives a secret away: plain, escaped, encoded, in a Basic header. */
export function formsOf({value, beside}: Secret): readonly string[] {
  if (value.length < MIN_LENGTH) return [];
  const pairs = beside.flatMap((user) => base64Forms(`${user}:${value}`));
  const forms = [
    ...plainForms(value),
    ...urlForms(value),
    ...base64Forms(value),
    ...pairs,
    ...shiftedBase64(value),
  ];
  return [...new Set(forms.filter(({length}) => length >= MIN_LENGTH))];
}

function branches(schema: JsonSchema): readonly JsonSchema[] {
  const {oneOf = [], anyOf = []} = schema as Record<string, readonly JsonSchema[]>;
  return [schema, ...[...oneOf, ...anyOf].flatMap(branches)];
}

function leaves(value: unknown): readonly string[] {
  if (isText(value)) return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leaves);
}

function plainForms(value: string): readonly string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  const own = lines.filter(
    (line) => line.length >= MIN_LINE_LENGTH && !line.startsWith('-----'),
  );
  const all = [value, ...(lines.length > 1 ? own : [])];
  return all.flatMap((text) => {
    const escaped = JSON.stringify(text).slice(1, -1);
    // A message about a message, as a stack or a quoted body: escaped once more.
    return [text, escaped, JSON.stringify(escaped).slice(1, -1)];
  });
}

function urlForms(value: string): readonly string[] {
  const encoded = encodeURIComponent(value);
  const strict = encoded.replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const lower = strict.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  return [encoded, strict, lower, strict.replaceAll('%20', '+')];
}

function base64Forms(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  return [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
}

/** What base64 makes of the value wherever it stands in a longer text. */
function shiftedBase64(value: string): readonly string[] {
  return [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]);
    const whole = Math.floor((bytes.length * 8) / 6);
    const sure = [bytes.toString('base64'), bytes.toString('base64url')].map((text) =>
      text.slice(Math.ceil((shift * 8) / 6), whole),
    );
    return sure.filter(({length}) => length >= MIN_BASE64_LENGTH);
  });
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
