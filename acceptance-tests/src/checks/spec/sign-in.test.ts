import {signInFindings} from './sign-in';

const choice = (kind: string) => ({properties: {kind: {const: kind}, token: {}}});
const SCHEMA = {
  properties: {access: {oneOf: [choice('oauth'), choice('password')]}, host: {}},
};
const told = (kind: string, fields: readonly string[]) => ({
  ...{predicate_key: ['access', 'kind'], predicate_value: kind},
  oauth_config_specification: {
    oauth_user_input_from_connector_config_specification: {
      properties: {x: {path_in_connector_config: fields}},
    },
  },
});

describe('signInFindings', () => {
  it('finds nothing where every field exists and OAuth comes first', () => {
    const advanced = told('oauth', ['access', 'token']);

    expect(signInFindings(SCHEMA, advanced, true)).toEqual([]);
  });

  it('lets OAuth come second where the plan says so', () => {
    const advanced = told('password', ['host']);

    expect(signInFindings(SCHEMA, advanced, true)).toHaveLength(1);
    expect(signInFindings(SCHEMA, advanced, false)).toEqual([]);
  });

  it('names the part and the field that is not there', () => {
    const advanced = {...told('oauth', ['access', 'user']), predicate_key: ['sign_in']};

    expect(signInFindings(SCHEMA, advanced, false).map(({message}) => message)).toEqual(
      [
        'predicate_key: the config has no sign_in',
        'oauth_user_input_from_connector_config_specification: ' +
          'the config has no access.user',
      ],
    );
  });
});
