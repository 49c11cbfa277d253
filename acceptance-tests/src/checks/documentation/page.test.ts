import {linksOf, sectionsOf} from './page';

describe('sectionsOf', () => {
  it('parts a page at its headings and leaves the number of a step out', () => {
    const page =
      '---\nid: x\n---\n# A #\none\n\n## Step 1: B\ntwo\n#no heading\n### \n';

    expect(sectionsOf(page)).toEqual([
      {heading: 'A', level: 1, text: 'one\n'},
      {heading: 'B', level: 2, text: 'two\n#no heading'},
      {heading: '', level: 3, text: ''},
    ]);
  });

  it('takes no line within code for a heading', () => {
    const page = '# A\n````sh\n# b\n```\n# c\n````\n~~~\n# d\n~~~\n# E';

    expect(sectionsOf(page).map(({heading}) => heading)).toEqual(['A', 'E']);
  });
});

describe('linksOf', () => {
  it('finds each address once, without the punctuation around it', () => {
    const page =
      '[a](https://a/b?c=d#e), <http://b>, see https://c/d. `https://e`, https://c/d';

    expect(linksOf(page)).toEqual([
      ...['https://a/b?c=d#e', 'http://b', 'https://c/d', 'https://e'],
    ]);
  });

  it('takes an example for no link', () => {
    expect(linksOf('example: https://host/piwebapi')).toEqual([]);
  });
});
