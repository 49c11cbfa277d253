// The bridge, and facts the destination relies on, on real Spark; never part of `npm test`.
const [unit] = require('../../../jest.config.cjs').projects;

/** @type {import('jest').Config} */
module.exports = {
  ...unit,
  rootDir: '../../..',
  displayName: 'spark',
  testMatch: ['<rootDir>/integration_tests/engines/spark-tests/*.test.ts'],
  globalSetup: '<rootDir>/integration_tests/engines/spark-tests/global-setup.ts',
  globalTeardown: '<rootDir>/integration_tests/engines/spark-tests/global-teardown.ts',
  testTimeout: 300_000,
  // One Spark for all files, one file after the other.
  maxWorkers: 1,
};
