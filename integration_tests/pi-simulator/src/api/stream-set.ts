import {type Ticks} from '../time/ticks';
import {type Answer, type JsonText, textAnswer} from './answer';
import {errorValue} from './error-value';
import {links, type Members, represent, webIdOf} from './members';
import {type Call} from './route';
import {below, isSelected, type Selection} from './selection';
import {findStream, missingStream, type Stream} from './stream';
import {streamFault} from './stream-fault';
import {type SpoiledValue} from './value-list';
import {brokenOffText} from './web-exception';

/** A stream that a set is to hold; without a stream, the WebID points at nothing. */
export interface Asked {
  readonly webId: string;
  readonly stream: Stream | undefined;
}

/** The streams of the repeated parameter `webId`. */
export function askedStreams({query, world}: Call): readonly Asked[] {
  query.required('webId');
  const asked = query
    .all('webId')
    .map((webId) => ({webId, stream: findStream(world, webId)}));
  const missing = asked.find(({stream}) => stream === undefined);
  if (missing !== undefined && world.settings.missingStream === 'whole') {
    throw missingStream(missing.webId);
  }
  return world.settings.streamOrder === 'reversed' ? asked.toReversed() : asked;
}

/** How a set is filled. */
export interface SetContent {
  readonly streams: readonly Asked[];
  /** The members that hold the stream's values, as JSON text without braces. */
  members(stream: Stream, spoiled: SpoiledValue | undefined): JsonText;
  /** What a stream that fails holds in place of its values: a list or a single value. */
  readonly holder: 'Items' | 'Value';
  /** Puts a value that is an error into the form of the stream's items. */
  readonly wrap?: (value: string) => string;
  /** The instant stamped on values that are errors. */
  readonly at: Ticks;
}

/**
 * A set of streams as JSON text. What is wrong with one stream stays in its item unless
 * the configuration or a fault says that it fails the call.
 */
export function streamSet(call: Call, content: SetContent): Answer {
  const selection = below(call.selection, 'Items');
  const pieces: (string | Buffer)[] = [
    isSelected(call.selection, 'Links') ? '{"Links":{}' : '{',
  ];
  if (isSelected(call.selection, 'Items')) {
    pieces.push(pieces[0] === '{' ? '"Items":[' : ',"Items":[');
    content.streams.forEach((asked, index) => {
      if (index > 0) pieces.push(',');
      const head = represent(ITEM_HEAD, asked, {view: call.view, selection});
      pushObject(pieces, head, itemMembers(call, asked, content));
    });
    pieces.push(']');
  }
  pieces.push(ending(call));
  return textAnswer(pieces);
}

/** `}`, or what stands there when the answer broke off. */
export function ending({budget, selection}: Call): string {
  if (!budget.isSpent || !isSelected(selection, 'WebException')) return '}';
  return `,${brokenOffText()}}`;
}

const ITEM_HEAD: Members<Asked> = {
  WebId: ({stream, webId}, view) => (stream ? webIdOf(stream.identity, view) : webId),
  Name: ({stream}) => stream?.name,
  Path: ({stream}) => stream?.identity.path,
  Links: ({stream}, view) =>
    stream
      ? links(view, {Source: `${stream.resource}/${webIdOf(stream.identity, view)}`})
      : {},
};

function pushObject(
  pieces: (string | Buffer)[],
  head: Record<string, unknown>,
  members: JsonText,
): void {
  const filled = members.filter(({length}) => length > 0);
  const text = JSON.stringify(head).slice(0, -1);
  pieces.push(text.length > 1 && filled.length > 0 ? `${text},` : text, ...filled, '}');
}

function itemMembers(
  call: Call,
  {stream, webId}: Asked,
  content: SetContent,
): JsonText {
  const selection = below(call.selection, 'Items');
  if (stream === undefined) {
    const message = `Stream not found '${webId}'.`;
    return failedItem(content, selection, {status: 404, message});
  }
  const fault = streamFault(call.world, stream);
  if (fault?.scope === 'item') return failedItem(content, selection, fault);
  if (fault?.scope === 'value') return [erroneous(content, selection, fault.message)];
  return content.members(stream, fault?.spoiled);
}

/** A value that is an error in place of all of a stream's values. */
function erroneous(
  {holder, wrap, at}: SetContent,
  selection: Selection,
  message: string,
): string {
  const value =
    wrap === undefined
      ? errorValue(at, message, below(selection, holder))
      : wrap(errorValue(at, message, below(below(selection, holder), 'Value')));
  return holder === 'Items' ? `"Items":[${value}]` : `"Value":${value}`;
}

function failedItem(
  {holder}: SetContent,
  selection: Selection,
  {status, message}: {readonly status: number; readonly message: string},
): JsonText {
  const isEmpty = holder === 'Items' && isSelected(selection, 'Items');
  const members = [
    ...(isEmpty ? ['"Items":[]'] : []),
    ...(isSelected(selection, 'WebException') ? [webException(status, message)] : []),
  ];
  return [members.join(',')];
}

function webException(status: number, message: string): string {
  return `"WebException":${JSON.stringify({StatusCode: status, Errors: [message]})}`;
}
