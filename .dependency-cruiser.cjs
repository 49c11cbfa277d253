const PRODUCT = '^(airbyte-cdk-ts|sources/[^/]+|destination-unity)/';
/** Tests, and the stands and stand-ins that only tests use. */
const TEST = '(\\.(test|stand-in)\\.ts$|/src/testing/)';

/** Files of `from` may reach nothing of `to` (tests excepted). */
const forbid = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: {pathNot: TEST, ...from},
  to,
});

/** Inside a package, `room` may reach only `rooms` (and itself). */
const room = (base, name, rooms, packages = '') =>
  forbid(
    `${base.split('/').at(-2)}-${name}`,
    `${name}/ may touch only: ${rooms.join(', ') || 'nothing'}.`,
    {path: `^${base}${name}(/|\\.ts$)`},
    {
      path: `^${base}`,
      pathNot: `^${base}(${[name, ...rooms].join('|')})(/|\\.ts$)${packages}`,
    },
  );

const CDK = 'airbyte-cdk-ts/src/';
const PI = 'sources/pi/src/';
const UNITY = 'destination-unity/src/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {name: 'no-cycles', severity: 'error', from: {}, to: {circular: true}},
    forbid(
      'one-door-to-the-cdk',
      'Only airbyte-cdk-ts/src/faros.ts imports faros-airbyte-cdk.',
      {
        path: '.',
        pathNot: '^(airbyte-cdk-ts/src/faros\\.ts$|integration_tests/bench/)',
      },
      {path: 'node_modules/faros-'},
    ),
    forbid(
      'one-door-to-http',
      'Only the transport of source-pi and the http room of destination-unity import axios.',
      {path: PRODUCT, pathNot: `^(${PI}transport|${UNITY}http)/|${TEST}`},
      {path: 'node_modules/axios/'},
    ),
    forbid(
      'one-door-to-databricks',
      'Only lake/databricks/ imports the driver.',
      {path: PRODUCT, pathNot: `^${UNITY}lake/databricks/`},
      {path: 'node_modules/@databricks/'},
    ),
    forbid(
      'connectors-are-strangers',
      'source-pi and destination-unity do not know each other.',
      {path: '^(sources/[^/]+|destination-unity)/'},
      {path: '^(sources/[^/]+|destination-unity)/', pathNot: '^$1/'},
    ),
    forbid(
      'runtime-knows-no-connector',
      'airbyte-cdk-ts depends on no connector.',
      {path: '^airbyte-cdk-ts/'},
      {path: '^(sources|destination-unity)/'},
    ),
    forbid(
      'no-test-code-in-products',
      'Products never import tests.',
      {path: PRODUCT},
      {path: `(${TEST}|^integration_tests/|^acceptance-tests/)`},
    ),
    {
      name: 'acceptance-tests-are-black-box',
      severity: 'error',
      from: {path: '^acceptance-tests/'},
      to: {path: '^(sources|destination-unity|airbyte-cdk-ts)/'},
    },
    {
      name: 'simulator-is-independent',
      comment: 'Two independent readings of one contract.',
      severity: 'error',
      from: {path: '^integration_tests/pi-simulator/'},
      to: {path: '^(sources|destination-unity|airbyte-cdk-ts)/'},
    },
    forbid(
      'truth-never-reads-the-api',
      'plant/ and archive/ know nothing of HTTP.',
      {path: '^integration_tests/pi-simulator/src/(plant|archive)/'},
      {path: '^integration_tests/pi-simulator/src/(api|faults)/'},
    ),
    forbid(
      'declared-dependencies-only',
      'A runtime import stands in the dependencies of the package that uses it.',
      {path: PRODUCT},
      {dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev']},
    ),
    room(CDK, 'protocol', []),
    room(CDK, 'errors', []),
    room(CDK, 'documents', ['protocol', 'errors']),
    room(CDK, 'specification', ['errors']),
    room(CDK, 'output', ['protocol', 'errors']),
    room(CDK, 'input', []),
    room(CDK, 'process', ['output', 'errors']),
    room(CDK, 'source', ['protocol', 'output', 'errors', 'specification']),
    room(CDK, 'destination', [
      ...['protocol', 'input', 'output', 'errors', 'specification'],
    ]),
    room(CDK, 'shell', ['protocol', 'errors']),
    room(PI, 'transport', []),
    room(PI, 'sync', []),
    room(PI, 'client', ['transport', 'sync']),
    room(PI, 'values', ['sync']),
    room(PI, 'selection', ['client', 'sync']),
    room(PI, 'streams', ['client', 'sync', 'values', 'selection']),
    room(PI, 'check', ['transport', 'client', 'selection', 'sync']),
    room(UNITY, 'table', []),
    room(UNITY, 'rows', ['table']),
    room(UNITY, 'parquet', ['rows', 'table']),
    room(UNITY, 'http', []),
    room(UNITY, 'lake/lake', ['table', 'rows']),
    room(UNITY, 'lake/local', ['lake/lake', 'table', 'rows', 'parquet', 'http']),
    room(UNITY, 'at-most', []),
    room(UNITY, 'lake/databricks', [
      ...['lake/lake', 'table', 'rows', 'parquet', 'http', 'at-most'],
    ]),
    room(UNITY, 'writer', ['rows', 'table', 'lake/lake']),
    room(UNITY, 'check', ['lake/lake', 'table', 'rows', 'http']),
  ],
  options: {
    doNotFollow: {path: ['node_modules', '(^|/)lib/']},
    exclude: {path: '(^|/)lib/'},
    tsConfig: {fileName: '.tsconfig.check.json'},
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
