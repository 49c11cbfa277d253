import {elementIdentity} from '../../plant/asset-model';
import {
  acknowledged,
  type EventFrame,
  frameIdentity,
  isOpen,
} from '../../plant/event-frame';
import {templateByName} from '../../plant/templates';
import {formatTrimmed, type Ticks} from '../../time/ticks';
import {canBeAcknowledged} from '../event-frame-search';
import {type Kind} from '../kind';
import {links, type Members, type View, webIdOf} from '../members';
import {streamLinks} from '../stream-links';
import {databaseIdentity} from './asset-server-kind';
import {findFrame, findFrameByPath} from './frame-lookup';
import {templateIdentity} from './template-kinds';

/** The end of a frame that has none. */
const OPEN_END = '9999-12-31T23:59:59.9999999Z';
const NEVER = '1970-01-01T00:00:00Z';

/** What a caller may do with a frame. */
const READ_ONLY = {
  CanAnnotate: false,
  CanDelete: false,
  CanExecute: false,
  CanRead: true,
  CanReadData: true,
  CanSubscribe: false,
  CanSubscribeOthers: false,
  CanWrite: false,
  CanWriteData: false,
  HasAdmin: false,
  Rights: ['Read', 'ReadData'],
};

export const frameMembers: Members<EventFrame> = {
  WebId: (frame, view) => webIdOf(frameIdentity(frame), view),
  Id: ({guid}) => guid,
  Name: ({name}) => name,
  Description: ({description}) => description,
  Path: ({path}) => path,
  TemplateName: ({template}) => template,
  HasChildren: (frame, {world}) => startedChildren(frame, world.clock.now()).length > 0,
  CategoryNames: ({categories}) => categories,
  ExtendedProperties: () => ({}),
  StartTime: ({start}) => formatTrimmed(start),
  EndTime: (frame, {world}) =>
    isOpen(frame, world.clock.now()) ? OPEN_END : formatTrimmed(frame.end),
  Severity: ({severity}) => severity,
  AcknowledgedBy: (frame, {world}) => acknowledged(frame, world.clock.now())?.by ?? '',
  AcknowledgedDate: (frame, {world}) => {
    const acknowledgement = acknowledged(frame, world.clock.now());
    return acknowledgement === undefined ? NEVER : formatTrimmed(acknowledgement.at);
  },
  CanBeAcknowledged: canBeAcknowledged,
  IsAcknowledged: (frame, {world}) =>
    acknowledged(frame, world.clock.now()) !== undefined,
  IsAnnotated: ({annotations}) => annotations.length > 0,
  IsLocked: () => false,
  AreValuesCaptured: (frame, {world}) => !isOpen(frame, world.clock.now()),
  RefElementWebIds: ({elements}, view) =>
    elements.map((element) => webIdOf(elementIdentity(element), view)),
  Security: () => READ_ONLY,
  Links: frameLinks,
};

function frameLinks(frame: EventFrame, view: View): Record<string, string> {
  const webId = webIdOf(frameIdentity(frame), view);
  const self = `eventframes/${webId}`;
  const {database, parent, elements} = frame;
  const [primary] = elements;
  const template = templateByName(frame.template);
  return links(view, {
    Self: self,
    Attributes: `${self}/attributes`,
    EventFrames: `${self}/eventframes`,
    Database: `assetdatabases/${webIdOf(databaseIdentity(database), view)}`,
    ReferencedElements: `${self}/referencedelements`,
    PrimaryReferencedElement:
      primary && `elements/${webIdOf(elementIdentity(primary), view)}`,
    Parent: parent && `eventframes/${webIdOf(frameIdentity(parent), view)}`,
    Template:
      template &&
      `elementtemplates/${webIdOf(templateIdentity(view, database, template), view)}`,
    Categories: `${self}/categories`,
    Annotations: `${self}/annotations`,
    ...streamLinks(`streamsets/${webId}`),
  });
}

export function startedChildren(
  {children}: EventFrame,
  now: Ticks,
): readonly EventFrame[] {
  return children.filter(({start}) => start <= now);
}

export const frameKind: Kind<EventFrame> = {
  title: 'Event frame',
  marker: 'Fm',
  members: frameMembers,
  find: (world, {guids}) =>
    guids[0] === world.plant.assets.server.guid
      ? findFrame(world, guids[1] ?? '')
      : undefined,
  findByPath: findFrameByPath,
};
