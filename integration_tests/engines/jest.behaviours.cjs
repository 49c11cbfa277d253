// The suite of behaviours on the engine that run.cjs set up; never part of `npm test`.
const [unit] = require('../../jest.config.cjs').projects;

/** @type {import('jest').Config} */
module.exports = {
  ...unit,
  rootDir: '../..',
  displayName: 'behaviours',
  testMatch: ['<rootDir>/integration_tests/engines/behaviours/**/*.test.ts'],
  testTimeout: 300_000,
};
