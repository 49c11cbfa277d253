import {walk} from '../../schema/walk';
import type {JsonSchema} from '../../stage/catalog';
import {sectionsOf} from './page';

/** Fields that a page may call by any word for an account. */
const CREDENTIALS = [
  ...['credentials', 'client_id', 'client_secret', 'access_token', 'refresh_token'],
  'authorization',
];
const CREDENTIAL_WORDS = ['account', 'auth', 'credentials', 'access'];

/** What a page leaves out among its prerequisites: required fields, by their titles. */
export function prerequisiteFaults(
  page: string,
  schema: JsonSchema,
): readonly string[] {
  const sections = sectionsOf(page).filter(({heading}) => heading === 'Prerequisites');
  if (sections.length !== 1) {
    return [`the page has ${sections.length} sections Prerequisites instead of one`];
  }
  const text = sections.map((section) => section.text.toLowerCase()).join('');
  const {properties = {}} = schema;
  const required = Array.isArray(schema['required'])
    ? (schema['required'] as readonly unknown[]).map(String)
    : [];
  return [
    ...required
      .filter((name) => !CREDENTIALS.includes(name))
      .map((name) => titleOf(properties[name], name))
      .filter((title) => !text.includes(title.toLowerCase()))
      .map((title) => `Prerequisites do not name the required field "${title}"`),
    ...(hasCredentials(schema) && !CREDENTIAL_WORDS.some((word) => text.includes(word))
      ? [`Prerequisites say nothing of ${CREDENTIAL_WORDS.join(', ')}`]
      : []),
  ];
}

/** A field of such a name, or a secret anywhere below. */
function hasCredentials(schema: JsonSchema): boolean {
  return (
    CREDENTIALS.some((name) => schema.properties?.[name] !== undefined) ||
    walk(schema).some((place) => place.schema['airbyte_secret'] === true)
  );
}

function titleOf(schema: JsonSchema | undefined, name: string): string {
  const title = schema?.['title'];
  return typeof title === 'string' ? title : name;
}
