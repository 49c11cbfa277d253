import type {Check, Finding} from './checks/check';
import {error} from './checks/check';
import {CHECKS} from './checks/registry';
import type {Result} from './report/result';
import type {Stage} from './stage/stage';

/**
 * Asks every check of a connector, one after the other.
 *
 * @param only ids to ask; all of them unless told.
 */
export async function judge(
  stage: Stage,
  only?: readonly string[],
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const check of CHECKS) {
    if (only === undefined || only.includes(check.id)) {
      results.push(await asked(check, stage));
    }
  }
  return results;
}

/** Asks one check. A check that itself breaks down is a failure: nothing was shown. */
async function asked(check: Check, stage: Stage): Promise<Result> {
  const {id, title} = check;
  const reason = notAsked(check, stage);
  if (reason !== undefined) {
    return {id, title, verdict: 'not asked', reason, findings: [], seconds: 0};
  }
  const startedMs = Date.now();
  const findings = await found(check, stage);
  const isFailed = findings.some(({severity}) => severity === 'error');
  const seconds = (Date.now() - startedMs) / 1000;
  return {id, title, verdict: isFailed ? 'failed' : 'passed', findings, seconds};
}

function notAsked(check: Check, stage: Stage): string | undefined {
  const {kinds = ['source', 'destination'], isForImages = false} = check;
  if (!kinds.includes(stage.kind)) return `it is for a ${kinds.join(', ')}`;
  if (isForImages && stage.runner.image === undefined) return 'it is for images';
  return check.bypass?.(stage);
}

async function found(check: Check, stage: Stage): Promise<readonly Finding[]> {
  try {
    return await check.run(stage);
  } catch (cause) {
    return [error(`the check broke down: ${String((cause as Error).stack ?? cause)}`)];
  }
}
