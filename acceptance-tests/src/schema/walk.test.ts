import {fieldAt, typesOf, walk} from './walk';

describe('walk', () => {
  it('finds every schema below, with its path and the names on the way', () => {
    const schema = {
      properties: {
        access: {oneOf: [{properties: {user: {type: 'string'}}}, {}]},
        names: {items: {type: 'string'}},
      },
    };

    expect(walk(schema).map(({path, names}) => [path, names.join('.')])).toEqual([
      ['', ''],
      ['/properties/access', 'access'],
      ['/properties/access/oneOf/0', 'access'],
      ['/properties/access/oneOf/0/properties/user', 'access.user'],
      ['/properties/access/oneOf/1', 'access'],
      ['/properties/names', 'names'],
      ['/properties/names/items', 'names'],
    ]);
  });

  it('tells the name of a property from a keyword, and a value from a schema', () => {
    const schema = {
      properties: {
        oneOf: {type: 'string', default: {not: {}}},
        not: {enum: [{if: {}}]},
      },
      const: {properties: {a: {}}},
    };

    expect(walk(schema).map(({path}) => path)).toEqual([
      '',
      '/properties/oneOf',
      '/properties/not',
    ]);
  });

  it('says what stands around a schema', () => {
    const [root, member] = walk({properties: {a: {}}});

    expect([root?.parent, member?.parent]).toEqual([undefined, root]);
  });
});

describe('fieldAt', () => {
  const schema = {
    properties: {a: {oneOf: [{type: 'null'}, {properties: {b: {type: 'integer'}}}]}},
  };

  it('follows a path of fields, through branches too', () => {
    expect(fieldAt(schema, ['a', 'b'])).toEqual({type: 'integer'});
  });

  it('finds nothing where a field is declared nowhere', () => {
    expect(fieldAt(schema, ['a', 'c'])).toBeUndefined();
  });
});

describe('typesOf', () => {
  it('is a list in every case', () => {
    expect([{type: 'a'}, {type: ['a', 'b']}, {}].map(typesOf)).toEqual([
      ['a'],
      ['a', 'b'],
      [],
    ]);
  });
});
