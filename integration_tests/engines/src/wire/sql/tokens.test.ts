import fc from 'fast-check';

import {
  closingBracket,
  dottedName,
  meaningful,
  textLiteral,
  textValue,
  tokenize,
} from './tokens';

describe('tokenize', () => {
  it('loses no letter of any statement', () => {
    const piece = fc.oneof(
      fc.constantFrom("'", '"', '`', '\\', '--', '/*', '*/', '\n', '(', ')', ';'),
      fc.string({unit: 'binary', maxLength: 5}),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const sql = pieces.join('');

        expect(
          tokenize(sql)
            .map(({text}) => text)
            .join(''),
        ).toBe(sql);
      }),
    );
  });

  it('leaves literals, quoted names and comments whole', () => {
    const tokens = tokenize("SELECT 'a''b\\'c (', `x``(y` -- )'\n/* ' */ , \"q\"");

    expect(meaningful(tokens).map(({text}) => text)).toEqual([
      'SELECT',
      "'a''b\\'c ('",
      ',',
      '`x``(y`',
      ',',
      '"q"',
    ]);
  });
});

describe('textLiteral', () => {
  it('is one token that means the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (text) => {
        const [token, ...more] = tokenize(textLiteral(text));

        expect(more).toEqual([]);
        expect(textValue(token)).toBe(text);
      }),
    );
  });
});

describe('textValue', () => {
  it.each([
    [String.raw`'\u0024{x}'`, '${x}'],
    [String.raw`'a\nb\0'`, 'a\nb\0'],
    [`'it''s'`, "it's"],
    [`"it's"`, "it's"],
  ])('reads %s', (literal, text) => {
    expect(textValue(tokenize(literal)[0])).toBe(text);
  });

  it('refuses what is no literal', () => {
    expect(() => textValue(tokenize('word')[0])).toThrow('PARSE_SYNTAX_ERROR');
  });
});

describe('dottedName', () => {
  it('reads plain and quoted parts', () => {
    const tokens = meaningful(tokenize('main . `a.``b` FROM'));

    expect(dottedName(tokens, 0)).toEqual({parts: ['main', 'a.`b'], end: 3});
  });
});

describe('closingBracket', () => {
  it('counts no brackets inside literals', () => {
    const tokens = meaningful(tokenize("(a, ')', (b)) c"));

    expect(tokens[closingBracket(tokens, 0) + 1]?.text).toBe('c');
  });

  it('refuses a bracket that is never closed', () => {
    expect(() => closingBracket(tokenize('(a'), 0)).toThrow('PARSE_SYNTAX_ERROR');
  });
});
