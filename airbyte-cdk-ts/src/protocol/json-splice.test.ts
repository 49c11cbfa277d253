import fc from 'fast-check';

import {memberText, withMember} from './json-splice';

fc.configureGlobal({seed: 1});

describe('withMember', () => {
  it('adds a member behind the others', () => {
    expect(withMember('{"a":1}', 'b', '2.0')).toBe('{"a":1,"b":2.0}');
  });

  it('adds a member to an empty object', () => {
    expect(withMember(' { } ', 'b', '2')).toBe(' { "b":2} ');
  });

  it('replaces a member where it stands', () => {
    expect(withMember('{"b":null, "a":1}', 'b', '{"c":2.0}')).toBe(
      '{"b":{"c":2.0}, "a":1}',
    );
  });

  it('leaves numbers that JavaScript cannot hold as they are', () => {
    const text = '{"big":12345678901234567890,"exact":1.10,"text":"}\\"{,"}';

    expect(withMember(text, 'b', '1')).toBe(`${text.slice(0, -1)},"b":1}`);
  });

  it('sets exactly that member, whatever the object holds', () => {
    const change = fc.record({name: fc.string(), value: fc.jsonValue()});
    fc.assert(
      fc.property(members(), change, spaces(), (object, {name, value}, space) => {
        const text = JSON.stringify(object, undefined, space);
        const spliced = withMember(text, name, JSON.stringify(value));

        const expected = new Map(entriesOf(text)).set(name, asRead(value));
        expect(new Map(entriesOf(spliced))).toEqual(expected);
      }),
    );
  });
});

describe('memberText', () => {
  it('is the text of the value as it stands', () => {
    expect(memberText('{"a": {"x": [1, 2.50]} ,"b":1}', 'a')?.trim()).toBe(
      '{"x": [1, 2.50]}',
    );
  });

  it('is undefined where there is no such member', () => {
    expect(memberText('{"a":{"b":1}}', 'b')).toBeUndefined();
  });

  it('finds every member', () => {
    fc.assert(
      fc.property(members(), spaces(), (object, space) => {
        const text = JSON.stringify(object, undefined, space);
        for (const [name, value] of Object.entries(JSON.parse(text) as object)) {
          expect(JSON.parse(memberText(text, name) ?? 'none')).toEqual(value);
        }
      }),
    );
  });
});

function members(): fc.Arbitrary<Record<string, unknown>> {
  return fc.dictionary(fc.string(), fc.jsonValue());
}

function spaces(): fc.Arbitrary<number> {
  return fc.constantFrom(0, 1, 2);
}

function entriesOf(text: string): [string, unknown][] {
  return Object.entries(JSON.parse(text) as object);
}

function asRead(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
