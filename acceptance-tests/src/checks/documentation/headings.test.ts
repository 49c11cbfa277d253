import {headingFaults} from './headings';

const LEAST = [
  ...['PI', 'Prerequisites', 'Setup guide', 'Set up PI', 'Supported sync modes'],
  ...['Supported Streams', 'Changelog'],
];
const MOST = [
  ...['PI', 'Prerequisites', 'Setup guide', 'Set up PI', 'For Airbyte Cloud:'],
  ...['For Airbyte Open Source:', 'A proxy', 'Set up the PI connector in Airbyte'],
  ...['For Airbyte Cloud:', 'For Airbyte Open Source:', 'Selection'],
  ...['Supported sync modes', 'Supported Streams', 'Late data', 'State'],
  ...['Performance considerations', 'Data type map', 'Limitations & Troubleshooting'],
  ...['Errors', 'Grants', 'Tutorials', 'Changelog'],
];
const without = (name: string) => LEAST.filter((heading) => heading !== name);

describe('headingFaults', () => {
  it.each([
    ['the least', LEAST],
    ['everything that may be there', MOST],
    [
      'own headings right after the set-up',
      [...LEAST.slice(0, 4), 'Proxy', ...LEAST.slice(4)],
    ],
  ])('is content with %s', (_what, headings) => {
    expect(headingFaults(headings, 'PI', 'source')).toEqual([]);
  });

  it('lets a destination have no streams', () => {
    const headings = without('Supported Streams');

    expect(headingFaults(headings, 'PI', 'destination')).toEqual([]);
  });

  it.each(LEAST)('misses "%s"', (heading) => {
    expect(headingFaults(without(heading), 'PI', 'source')).toEqual([
      expect.stringContaining(`"${heading}"`),
    ]);
  });

  it.each([
    ['an own heading before the set-up', ['PI', 'Overview', ...LEAST.slice(1)]],
    ['an own heading at the end', [...LEAST, 'Licence']],
    ['a heading twice', [...LEAST.slice(0, 6), 'Supported sync modes', 'Changelog']],
  ])('objects to %s', (_what, headings) => {
    expect(headingFaults(headings, 'PI', 'source')).toHaveLength(1);
  });
});
