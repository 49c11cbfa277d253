// One line for each check, and the count of both kinds at the end.
const counts = {passed: 0, failed: 0};

/** A check passes when it returns; what it returns is shown behind its name. */
async function check(name, act) {
  const startedMs = Date.now();
  try {
    const remark = await act();
    counts.passed += 1;
    say(`ok   ${name}${remark ? `: ${remark}` : ''} (${Date.now() - startedMs} ms)`);
  } catch (error) {
    counts.failed += 1;
    say(`FAIL ${name}: ${error.message}`);
  }
}

/** @throws Error that says what was expected, with what was seen instead. */
function expect(holds, expected, seen = '') {
  if (holds) return;
  const text = typeof seen === 'string' ? seen : JSON.stringify(seen);
  throw new Error(`${expected}${text ? `, but: ${text.slice(0, 1500)}` : ''}`);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

module.exports = {check, counts, expect, say};
