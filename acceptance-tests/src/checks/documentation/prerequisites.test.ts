import {prerequisiteFaults} from './prerequisites';

const page = (text: string) =>
  `# PI\n## Prerequisites\n${text}\n## Setup guide\naccount`;

describe('prerequisiteFaults', () => {
  it('looks for titles in any case, and names where there is no title', () => {
    const schema = {
      required: ['base_url', 'port'],
      properties: {base_url: {title: 'PI Address'}, port: {}},
    };

    expect(prerequisiteFaults(page('the pi address'), schema)).toEqual([
      'Prerequisites do not name the required field "port"',
    ]);
  });

  it('takes any word for credentials, in that section alone', () => {
    const schema = {required: ['credentials'], properties: {credentials: {title: 'X'}}};

    expect(prerequisiteFaults(page('An Account'), schema)).toEqual([]);
    expect(prerequisiteFaults(page('A server'), schema)).toHaveLength(1);
  });

  it('wants a word for a secret in the depth', () => {
    const schema = {
      properties: {a: {oneOf: [{properties: {b: {airbyte_secret: true}}}]}},
    };

    expect(prerequisiteFaults(page('A server'), schema)).toHaveLength(1);
  });

  it('wants the section once', () => {
    expect(prerequisiteFaults('# PI', {})).toHaveLength(1);
  });
});
