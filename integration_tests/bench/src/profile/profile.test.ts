import {callTree, type CpuProfile} from './call-tree';
import {costTable} from './costs';
import {flameGraph} from './flame-graph';
import {frameOf} from './frame';
import {ROOT} from '../products/programs';

const at = (functionName: string, url = ''): CpuProfile['nodes'][0]['callFrame'] => ({
  functionName,
  url,
  lineNumber: 6,
});

const OURS = `file://${ROOT}/sources/pi/lib/values/reader.js`;

/** `read` twice from the same place, once calling `parse`; then waiting. */
const PROFILE: CpuProfile = {
  nodes: [
    {id: 1, callFrame: at('(root)'), children: [2, 3, 5]},
    {id: 2, callFrame: at('read', OURS), children: [4]},
    {id: 3, callFrame: at('read', OURS)},
    {id: 4, callFrame: at('parse <json>')},
    {id: 5, callFrame: at('(idle)')},
  ],
  samples: [2, 3, 4, 5, 1],
  timeDeltas: [9, 100, 200, 300, 400],
};

describe('callTree', () => {
  it('counts each sample until the next one, and no waiting', () => {
    const tree = callTree('main thread', PROFILE);
    expect(tree).toMatchObject({label: 'main thread', self: 0, total: 600});
  });

  it('takes calls of one function from one place together', () => {
    const [read, ...others] = callTree('main thread', PROFILE).children;
    expect(others).toEqual([]);
    expect(read).toMatchObject({self: 300, total: 600});
    expect(read?.children).toMatchObject([{label: 'parse <json>', total: 300}]);
  });
});

describe('frameOf', () => {
  it.each([
    ['(garbage collector)', '', 'garbage collection'],
    ['(program)', '', 'native code'],
    ['parse', '', 'functions of V8'],
    ['processChunk', 'node:zlib', 'zlib'],
    ['wrapSafe', 'node:internal/modules/cjs/loader', 'loading of modules'],
    ['emit', 'node:events', 'Node'],
    ['get', `file://${ROOT}/node_modules/@scope/name/lib/a.js`, 'package @scope/name'],
    ['read', OURS, 'sources/pi values'],
    ['main', `file://${ROOT}/sources/pi/lib/main.js`, 'sources/pi'],
  ])('puts %s of %s where it belongs', (functionName, url, category) => {
    expect(frameOf(at(functionName, url)).category).toBe(category);
  });

  it('tells file and line of our own code', () => {
    expect(frameOf(at('read', OURS)).label).toBe(
      'read sources/pi/lib/values/reader.js:7',
    );
  });
});

describe('costTable', () => {
  it('lists the largest own times first', () => {
    const table = costTable('source', callTree('main thread', PROFILE));
    expect(table).toContain('functions of V8');
    expect(table).toMatch(/sources\/pi values +0 +50.0 %/);
  });
});

describe('flameGraph', () => {
  it('is an SVG whose texts are escaped', () => {
    const svg = flameGraph('source', callTree('main thread', PROFILE));
    expect(svg).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(svg).toContain('parse &lt;json&gt;');
  });

  it('leaves out what is too narrow to be seen', () => {
    const narrow = {...PROFILE, timeDeltas: [9, 1_000_000, 1_000_000, 500, 400]};
    expect(flameGraph('source', callTree('main', narrow))).not.toContain('parse');
  });
});
