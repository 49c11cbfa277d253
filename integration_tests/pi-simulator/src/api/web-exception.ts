import {type Answer, jsonAnswer, wholeText} from './answer';
import {isSelected, type Selection} from './selection';
import {type ValueBudget} from './value-budget';

const BROKEN_OFF = {
  StatusCode: 500,
  Errors: ['Error occurred during writing of the output stream.'],
};

/** `"WebException":…` of an answer that broke off while it was written. */
export function brokenOffText(): string {
  return `"WebException":${JSON.stringify(BROKEN_OFF)}`;
}

/**
 * Breaks an answer off that holds no values: a list after as many items as the budget
 * allows, a single object at its end. Anything but a good answer stays as it is.
 */
export function brokenOff(
  answer: Answer,
  budget: ValueBudget,
  selection: Selection,
): Answer {
  const content = objectIn(answer);
  if (content === undefined || 'WebException' in content) return answer;
  const cut = withFewerItems(content, budget);
  if (cut === undefined) return answer;
  const isShown = isSelected(selection, 'WebException');
  return jsonAnswer(
    {...cut, ...(isShown && {WebException: BROKEN_OFF})},
    answer.status,
  );
}

/** The object that a good answer holds. */
function objectIn({status, body}: Answer): object | undefined {
  if (status >= 300 || body === undefined) return undefined;
  const content: unknown = JSON.parse(wholeText(body));
  return typeof content === 'object' ? (content ?? undefined) : undefined;
}

/** Undefined for a list that is over before the budget is. */
function withFewerItems(content: object, budget: ValueBudget): object | undefined {
  if (!('Items' in content) || !Array.isArray(content.Items)) return content;
  const kept = content.Items.filter(() => budget.take());
  return budget.isSpent ? {...content, Items: kept} : undefined;
}
