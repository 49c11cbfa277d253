// `npm run suite:harness`: the harness of acceptance-tests judges two hundred broken
// connectors, each whole, and a read of a million records.
const {projects, ...config} = require('./jest.config.cjs');

const acceptance = projects.find(({displayName}) => displayName === 'acceptance');
const names = '{broken-*,million-records,checks/destination/x11}';

/** @type {import('jest').Config} */
module.exports = {
  ...config,
  projects: [
    {
      ...acceptance,
      displayName: 'harness',
      testMatch: [`<rootDir>/acceptance-tests/src/${names}.test.ts`],
      testPathIgnorePatterns: ['/node_modules/', '/lib/'],
    },
  ],
};
