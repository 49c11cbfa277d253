import {inside, messagesOfType} from '../../run/outcome';
import {placeName, walk, type Place} from '../../schema/walk';
import type {JsonSchema} from '../../stage/catalog';
import type {Stage} from '../../stage/stage';
import {all, error, type Check, type Finding} from '../check';
import {listOf} from './of-schema';

/** S6: what is required exists, and is really required. */
export const REQUIRED: Check = {
  id: 'S6',
  title: 'required fields exist, and check does not succeed without one of them',
  bypass: (stage) => stage.bypassed('spec'),
  run: async (stage) => {
    const schema = await stage.connectionSpecification();
    return [
      ...walk(schema).flatMap(unknownNames),
      ...(await all(listOf(schema['required']), (name) =>
        without(String(name), schema, stage),
      )),
    ];
  },
};

function unknownNames(place: Place): readonly Finding[] {
  const {required, properties = {}} = place.schema;
  return listOf(required)
    .filter((name) => !(String(name) in properties))
    .map((name) =>
      error(`${placeName(place)} requires ${String(name)}, which is not there`),
    );
}

async function without(
  name: string,
  {properties}: JsonSchema,
  stage: Stage,
): Promise<readonly Finding[]> {
  const {config_path: path} = stage.tests('spec')[0] ?? {};
  if (path === undefined || properties?.[name] === undefined) return [];
  const config = Object.entries(stage.document(path) as object);
  const content = Object.fromEntries(config.filter(([member]) => member !== name));
  const outcome = await stage.once(`check of ${path} without ${name}`, () =>
    stage.runner.run({command: 'check', config: {content}}),
  );
  const said = await messagesOfType(outcome, 'CONNECTION_STATUS');
  return said.some((each) => inside(each, 'connectionStatus', 'status') === 'SUCCEEDED')
    ? [error(`check succeeds without ${name}, which is required`)]
    : [];
}
