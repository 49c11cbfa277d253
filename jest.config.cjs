const compiled = (syntax) => [
  '@swc/jest',
  {jsc: {target: 'es2022', parser: {syntax}}, module: {type: 'commonjs'}},
];

// The driver's Thrift needs a uuid that is published as ES modules alone.
const transform = {
  '\\.ts$': compiled('typescript'),
  '/uuid/.*\\.js$': compiled('ecmascript'),
};

const IGNORED = ['/node_modules/', '/lib/'];
/** Tests of the acceptance harness itself that judge connector after connector. */
const HARNESS =
  '/acceptance-tests/.*/?(broken-[a-z]+|million-records|x11)\\.test\\.ts$';

const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch,
  transform,
  transformIgnorePatterns: ['/node_modules/(?!(thrift/node_modules/)?uuid/)'],
  testPathIgnorePatterns: IGNORED,
  modulePathIgnorePatterns: ['/lib/', '<rootDir>/.suites/'],
  moduleNameMapper: {
    '^airbyte-cdk-ts$': '<rootDir>/airbyte-cdk-ts/src/index.ts',
    '^pi-simulator$': '<rootDir>/integration_tests/pi-simulator/src/index.ts',
    '^demo$': '<rootDir>/integration_tests/demo/src/index.ts',
  },
  ...more,
});

const products =
  '<rootDir>/{airbyte-cdk-ts,sources/*,destination-unity}/src/**/*.test.ts';

/** @type {import('jest').Config} */
module.exports = {
  testTimeout: 180_000,
  // Most tests wait for programs they have started: all cores are used.
  maxWorkers: '100%',
  // Each file leaves hooks of asynchronous contexts behind, which every later promise of
  // the process pays for: a process that has seen many files is replaced.
  workerIdleMemoryLimit: '400MB',
  testSequencer: './integration_tests/longest-first.cjs',
  projects: [
    project('unit', [products, '<rootDir>/integration_tests/*/src/**/*.test.ts']),
    project('integration', ['<rootDir>/integration_tests/*.test.ts']),
    project('acceptance', ['<rootDir>/acceptance-tests/src/**/*.test.ts'], {
      testPathIgnorePatterns: [...IGNORED, HARNESS],
    }),
  ],
};
