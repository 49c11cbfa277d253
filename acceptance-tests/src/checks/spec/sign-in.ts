import {inside, messagesOfType, type Message} from '../../run/outcome';
import {fieldAt, walk} from '../../schema/walk';
import type {JsonSchema} from '../../stage/catalog';
import {error, unless, type Check, type Finding} from '../check';
import {listOf} from './of-schema';

/** S14: what `advanced_auth` says of the schema. */
export const SIGN_IN: Check = {
  id: 'S14',
  title: 'the fields that advanced_auth names exist, OAuth is the first choice',
  bypass: (stage) => stage.bypassed('spec'),
  run: async (stage) => {
    const [message] = await messagesOfType(await stage.spec(), 'SPEC');
    const told = inside(message, 'spec', 'advanced_auth');
    if (told === undefined || told === null) return [];
    const isDefault = !stage
      .tests('spec')
      .some(({auth_default_method: method}) => method?.oauth === false);
    const schema = await stage.connectionSpecification();
    return signInFindings(schema, told as Message, isDefault);
  },
};

/**
 * Judges `advanced_auth` against the schema of the config.
 *
 * @param isDefault whether OAuth has to be the first choice of its `oneOf`.
 */
export function signInFindings(
  schema: JsonSchema,
  told: Message,
  isDefault: boolean,
): readonly Finding[] {
  const predicate = listOf(told['predicate_key']).map(String);
  const {oauth_config_specification: flow = {}} = told;
  const places = [
    ...(predicate.length === 0 ? [] : [{of: 'predicate_key', fields: predicate}]),
    ...Object.entries(flow as Record<string, JsonSchema>).flatMap(([of, part]) =>
      walk(part).flatMap(({schema: {path_in_connector_config: fields}}) =>
        fields === undefined ? [] : [{of, fields: listOf(fields).map(String)}],
      ),
    ),
  ];
  return [
    ...places
      .filter(({fields}) => fieldAt(schema, fields) === undefined)
      .map(({of, fields}) => error(`${of}: the config has no ${fields.join('.')}`)),
    ...(isDefault ? firstChoice(schema, predicate, told['predicate_value']) : []),
  ];
}

function firstChoice(
  schema: JsonSchema,
  predicate: readonly string[],
  value: unknown,
): readonly Finding[] {
  const choice = fieldAt(schema, predicate.slice(0, -1));
  const first = listOf(choice?.['oneOf'])[0] as JsonSchema | undefined;
  const name = predicate.at(-1);
  if (first === undefined || name === undefined) return [];
  return unless(
    first.properties?.[name]?.['const'] === value,
    `the first choice of ${predicate.slice(0, -1).join('.')} is not the OAuth one`,
  );
}
