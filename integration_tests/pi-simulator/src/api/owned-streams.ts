import {encodeWebId} from '../identity/web-id';
import {type AfAttribute, attributeIdentity} from '../plant/asset-model';
import {elementAttributes, withDescendants} from '../plant/attributes';
import {frameAttributes} from '../plant/event-frame-attributes';
import {resolve} from './kind';
import {attributeKind} from './kinds/attribute-kind';
import {elementKind} from './kinds/element-kind';
import {frameKind} from './kinds/frame-kind';
import {nameFilter} from './name-filter';
import {readWebId} from './resolve';
import {type Call} from './route';
import {attributeStream} from './stream';
import {type Asked} from './stream-set';
import {type World} from './world';

/** Parameters that choose among the attributes of an element, event frame or attribute. */
export const CHOOSING = [
  ...['nameFilter', 'categoryName', 'templateName', 'searchFullHierarchy'],
  ...['showExcluded', 'showHidden'],
];

/** The streams below an object: its attributes that pass the filters. */
export function ownedStreams(call: Call): readonly Asked[] {
  const {query, world} = call;
  const isNamed = nameFilter(query.text('nameFilter'));
  const category = query.text('categoryName')?.toLowerCase();
  const attributes = ownAttributes(world, call.path['webId'] ?? '');
  const isDeep = query.flag('searchFullHierarchy') === true;
  return (isDeep ? withDescendants(attributes) : attributes)
    .filter(({name}) => isNamed(name))
    .filter(
      ({categories}) =>
        category === undefined ||
        categories.some((own) => own.toLowerCase() === category),
    )
    .map((attribute) => ({
      webId: encodeWebId(attributeIdentity(attribute), 'Full'),
      stream: attributeStream(attribute),
    }));
}

function ownAttributes(world: World, webId: string): readonly AfAttribute[] {
  const {marker} = readWebId(webId, ['Em', 'Fm', 'Ab']);
  if (marker === 'Em') return elementAttributes(resolve(elementKind, world, webId));
  if (marker === 'Fm') return frameAttributes(resolve(frameKind, world, webId));
  return resolve(attributeKind, world, webId).children;
}

/** Streams without a history cannot be part of a set of recorded values. */
export function historical(streams: readonly Asked[]): readonly Asked[] {
  return streams.filter(({stream}) => stream?.source.kind === 'point');
}
