import {schemaFaults, validatorOf} from './draft-07';

describe('schemaFaults', () => {
  it('is content with a schema of draft-07', () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      properties: {a: {type: ['string', 'null'], pattern: '^a', enum: ['a', 'a']}},
    };

    expect(schemaFaults(schema)).toEqual([]);
  });

  it.each([
    ['a keyword with a wrong value', {properties: {a: {minimum: 'one'}}}],
    ['a type that does not exist', {properties: {a: {type: 'text'}}}],
    ['a pattern that is no expression', {properties: {a: {pattern: '('}}}],
    ['another dialect', {$schema: 'https://json-schema.org/draft/2020-12/schema'}],
  ])('objects to %s', (_what, schema) => {
    expect(schemaFaults(schema)).not.toEqual([]);
  });
});

describe('validatorOf', () => {
  const schema = {required: ['a'], properties: {a: {type: 'string', format: 'date'}}};

  it('lets formats and unknown keywords pass', () => {
    expect(validatorOf({...schema, airbyte_hidden: true})({a: 'x'})).toEqual([]);
  });

  it('names the place and the rule, never the value', () => {
    expect(validatorOf(schema)({a: 4711})).toEqual(['/a must be string']);
  });

  it('finds nothing valid by a schema that cannot be used', () => {
    expect(validatorOf({$ref: '#/nowhere'})({})).toEqual([
      expect.stringContaining('the schema cannot be used'),
    ]);
  });
});
