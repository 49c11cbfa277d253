import {identifier, literal, literals, qualified} from './quoting';

describe('identifier', () => {
  it('doubles backticks', () => {
    expect(identifier('a`b')).toBe('`a``b`');
  });

  it('leaves every other character alone', () => {
    expect(identifier('a.b c"\'\\')).toBe('`a.b c"\'\\`');
  });

  it('stands alone in each part of a qualified name', () => {
    expect(qualified('main', 'a.b', 't')).toBe('`main`.`a.b`.`t`');
  });
});

describe('literal', () => {
  it.each([
    ["it's", String.raw`'it\'s'`],
    [String.raw`C:\new`, String.raw`'C:\\new'`],
    ['a\nb', String.raw`'a\nb'`],
    [String.raw`\'`, String.raw`'\\\''`],
    ['${env:PATH}', String.raw`'\u0024{env:PATH}'`],
    ['ä🧪', String.raw`'ä\U0001f9ea'`],
    ['', "''"],
  ])('escapes %j', (text, sql) => {
    expect(literal(text)).toBe(sql);
  });

  it('stands behind others in a list', () => {
    expect(literals(['a', "b'"])).toBe(String.raw`'a', 'b\''`);
  });
});
