import fc from 'fast-check';

import type {PiPoint, PointType} from '../sync/pi-point';
import {
  errorMember,
  FLAG_MEMBERS,
  flagsIndex,
  hasErrors,
  isKnownValue,
  type RawEvent,
  recordStart,
  unitsMember,
  valueMembers,
} from './value-text';

describe('valueMembers', () => {
  it.each<[string, unknown, PointType, object]>([
    ['a number', 71.25, 'Float32', {value: 71.25, value_kind: 'number'}],
    ['a small number', 1e-9, 'Float64', {value: 1e-9, value_kind: 'number'}],
    ['NaN', 'NaN', 'Float32', {value_string: 'NaN', value_kind: 'number'}],
    [
      'minus infinity',
      '-Infinity',
      'Float64',
      {value_string: '-Infinity', value_kind: 'number'},
    ],
    [
      'a number beyond doubles',
      Infinity,
      'Float64',
      {value_string: 'Infinity', value_kind: 'number'},
    ],
    ['the text NaN', 'NaN', 'String', {value_string: 'NaN', value_kind: 'string'}],
    [
      'a text that looks like a number',
      '12',
      'String',
      {value_string: '12', value_kind: 'string'},
    ],
    [
      'a text of a numeric point',
      'off',
      'Int32',
      {value_string: 'off', value_kind: 'string'},
    ],
    [
      'a time',
      '2026-03-02T06:15:04.28Z',
      'Timestamp',
      {value_string: '2026-03-02T06:15:04.2800000Z', value_kind: 'timestamp'},
    ],
    ['base64 of a blob', 'AQID', 'Blob', {value_string: 'AQID', value_kind: 'blob'}],
    ['bytes of a blob', [1, 2, 3], 'Blob', {value_string: 'AQID', value_kind: 'blob'}],
    [
      'a blob that is no bytes',
      [1, 256],
      'Blob',
      {value_string: '[1,256]', value_kind: 'array'},
    ],
    ['an array', [1.5, 2], 'Float64', {value_string: '[1.5,2]', value_kind: 'array'}],
    ['a boolean', true, 'Int16', {value_string: 'true', value_kind: 'string'}],
    [
      'a digital state',
      {Name: 'Open', Value: 1, IsSystem: false},
      'Digital',
      {digital_code: 1, digital_name: 'Open', value_kind: 'digital'},
    ],
    [
      'a system state of a numeric point',
      {Name: 'Pt Created', Value: 253, IsSystem: true},
      'Float32',
      {digital_code: 253, digital_name: 'Pt Created', value_kind: 'system_state'},
    ],
    ['nothing', null, 'Float32', {value_kind: 'number'}],
    ['nothing of a text', undefined, 'String', {value_kind: 'string'}],
  ])('writes %s', (...[, value, pointType, members]) => {
    expect(parsed(valueMembers(value, pointType))).toEqual(members);
  });

  it('keeps every text as it is, of every plane of Unicode', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (text) => {
        expect(parsed(valueMembers(text, 'String'))).toMatchObject({
          value_string: text,
        });
      }),
    );
  });

  it('keeps every number as it is', () => {
    fc.assert(
      fc.property(fc.double({noDefaultInfinity: true, noNaN: true}), (value) => {
        expect(parsed(valueMembers(value, 'Float64'))).toMatchObject({
          value: value + 0,
        });
      }),
    );
  });
});

describe('isKnownValue', () => {
  it('refuses an object that is neither a state nor an error', () => {
    expect(isKnownValue({Name: 'Open'})).toBe(false);
    expect(isKnownValue({Name: 'Open', Value: 'one'})).toBe(false);
    expect(isKnownValue({Errors: ['broken']})).toBe(true);
    expect(isKnownValue({Name: 'Open', Value: 1})).toBe(true);
  });
});

describe('errorMember', () => {
  it.each<[RawEvent, string]>([
    [
      {
        Value: null,
        Errors: [{FieldName: 'Value', Message: ['PI Point not found.', 'Twice.']}],
      },
      'PI Point not found.; Twice.',
    ],
    [{Value: {Errors: ['Broken.']}}, 'Broken.'],
    [{Value: {Errors: []}}, 'not named by PI'],
  ])('joins what PI says in %j', (event, error) => {
    expect(hasErrors(event)).toBe(true);
    expect(parsed(errorMember(event))).toEqual({error});
  });

  it('takes an empty list of errors as none', () => {
    expect(hasErrors({Value: 1, Errors: []})).toBe(false);
  });
});

describe('flags', () => {
  it('are written as PI sent them, and left out where it sent none', () => {
    const flag = fc.constantFrom(undefined, true, false);
    const event = fc.record({
      Good: flag,
      Questionable: flag,
      Substituted: flag,
      Annotated: flag,
    });
    fc.assert(
      fc.property(event, ({Good, Questionable, Substituted, Annotated}) => {
        const index = flagsIndex({Good, Questionable, Substituted, Annotated});
        const members = {
          quality_good: Good,
          quality_questionable: Questionable,
          quality_substituted: Substituted,
          quality_annotated: Annotated,
        };

        expect(parsed(FLAG_MEMBERS[index]!)).toEqual(
          JSON.parse(JSON.stringify(members)),
        );
      }),
    );
  });
});

describe('unitsMember', () => {
  it('prefers the unit of the value', () => {
    expect(parsed(unitsMember('°C', 'degC'))).toEqual({units: '°C'});
    expect(parsed(unitsMember('', 'degC'))).toEqual({units: 'degC'});
    expect(parsed(unitsMember(null, undefined))).toEqual({});
    expect(parsed(unitsMember('', ''))).toEqual({});
  });
});

describe('recordStart', () => {
  it('keeps any name whole', () => {
    const point = {webId: 'I1DP', name: 'a "b" \\ ü'} as PiPoint;

    expect(JSON.parse(`${recordStart(point)}"}`)).toEqual({
      tag_webid: 'I1DP',
      tag_name: 'a "b" \\ ü',
      timestamp: '',
    });
  });
});

/** Members with a comma before each, as an object. */
function parsed(members: string): unknown {
  return JSON.parse(`{${members.slice(1)}}`);
}
