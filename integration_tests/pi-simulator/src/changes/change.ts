import {type EventChange} from './event-changes';
import {type ElementChange} from './element-changes';
import {type FrameChange} from './frame-changes';
import {type PointChange} from './point-changes';

/** A change in the plant or in its archive, made at the clock's now. */
export type Change = EventChange | PointChange | ElementChange | FrameChange;

/** A change that was made: the change itself, when, and to what. */
export interface ChangeRecord {
  /** The plant's time, UTC with seven decimals. */
  readonly at: string;
  readonly action: string;
  /** Name of the point, as it was before the change. */
  readonly point?: string;
  /** IDOnly WebID of the point. */
  readonly tag_webid?: string;
  /** Path of the element, as it was before the change. */
  readonly element?: string;
  readonly element_id?: string;
  /** GUID of the event frame, as it was before the change. */
  readonly event_frame_id?: string;
  readonly event_name?: string;
  readonly [fact: string]: unknown;
}

/** The members that each change must have and their types; `?` marks what may be left out. */
const MEMBERS: Readonly<Record<Change['action'], Readonly<Record<string, string>>>> = {
  insert_events: {point: 'string', events: 'list'},
  edit_event: {point: 'string', timestamp: 'string', sequence: 'number?', value: 'any'},
  annotate_event: {point: 'string', timestamp: 'string', sequence: 'number?'},
  delete_event: {point: 'string', timestamp: 'string', sequence: 'number?'},
  delete_events: {point: 'string', from: 'string', to: 'string'},
  add_point: {stored: 'object'},
  rename_point: {point: 'string', name: 'string'},
  remove_point: {point: 'string'},
  hide_point: {point: 'string'},
  show_point: {point: 'string'},
  add_element: {
    ...{parent: 'string', name: 'string'},
    ...{template: 'string?', description: 'string?'},
  },
  rename_element: {element: 'string', name: 'string'},
  move_element: {element: 'string', parent: 'string'},
  remove_element: {element: 'string'},
  add_reference: {element: 'string', parent: 'string'},
  remove_reference: {element: 'string', parent: 'string'},
  open_frame: {
    ...{name: 'string', template: 'string', elements: 'list', start: 'string?'},
    ...{severity: 'string?', description: 'string?', parent: 'string?'},
  },
  close_frame: {frame: 'string', end: 'string?'},
  acknowledge_frame: {frame: 'string', by: 'string?'},
  annotate_frame: {
    ...{frame: 'string', value: 'string', name: 'string?'},
    ...{description: 'string?', by: 'string?'},
  },
  set_frame_severity: {frame: 'string', severity: 'string'},
  recapture_frame: {frame: 'string'},
  recalculate_frame: {frame: 'string'},
  delete_frame: {frame: 'string'},
};

/** What is wrong with the form of a change; undefined for nothing. */
export function faultOf(change: unknown): string | undefined {
  if (typeof change !== 'object' || change === null || !('action' in change))
    return 'an object with "action" is expected.';
  const {action, ...given} = change;
  const wanted = Object.hasOwn(MEMBERS, String(action))
    ? MEMBERS[action as Change['action']]
    : undefined;
  if (wanted === undefined) return `the action "${String(action)}" is unknown.`;
  return memberFault(wanted, given);
}

function memberFault(
  wanted: Readonly<Record<string, string>>,
  given: Readonly<Record<string, unknown>>,
): string | undefined {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(wanted, name));
  if (unknown !== undefined) return `"${unknown}" is unknown.`;
  const wrong = Object.entries(wanted).find(([name, type]) => !fits(given[name], type));
  return wrong === undefined ? undefined : `"${wrong[0]}" must be a ${wrong[1]}.`;
}

function fits(value: unknown, type: string): boolean {
  if (type.endsWith('?')) return value === undefined || fits(value, type.slice(0, -1));
  if (type === 'any') return value !== undefined;
  if (type === 'list') return Array.isArray(value);
  return typeof value === type && value !== null;
}
