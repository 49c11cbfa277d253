// The forms in a browser, which run.cjs has found; never part of `npm test`.
const [unit] = require('../../jest.config.cjs').projects;

/** @type {import('jest').Config} */
module.exports = {
  ...unit,
  rootDir: '../..',
  displayName: 'form',
  testMatch: ['<rootDir>/integration_tests/form/behaviours/*.test.ts'],
  testTimeout: 120_000,
  maxWorkers: '100%',
};
