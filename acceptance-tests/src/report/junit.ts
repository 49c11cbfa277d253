import type {Result} from './result';

/** The results as JUnit XML, one test case a check. */
export function junit(name: string, results: readonly Result[]): string {
  const count = (verdict: Result['verdict']) =>
    results.filter((result) => result.verdict === verdict).length;
  const head =
    `<testsuite name="${escaped(name)}" tests="${results.length}" ` +
    `failures="${count('failed')}" skipped="${count('not asked')}">`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    head,
    ...results.map((result) => testCase(name, result)),
    '</testsuite>',
    '',
  ].join('\n');
}

function testCase(name: string, result: Result): string {
  const {id, title, seconds} = result;
  return (
    `  <testcase classname="${escaped(name)}" name="${escaped(`${id} ${title}`)}" ` +
    `time="${seconds.toFixed(3)}">${inner(result)}</testcase>`
  );
}

function inner({verdict, reason = '', findings}: Result): string {
  if (verdict === 'not asked') return `<skipped message="${escaped(reason)}"/>`;
  const said = escaped(findings.map(({message}) => message).join('\n'));
  if (verdict === 'failed') return `<failure>${said}</failure>`;
  return said === '' ? '' : `<system-out>${said}</system-out>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escaped(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- XML 1.0 has no way to write these.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\uFFFD')
      .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
  );
}
