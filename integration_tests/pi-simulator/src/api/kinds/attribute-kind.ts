import {type WebIdParts} from '../../identity/web-id';
import {
  type AfAttribute,
  type AssetDatabase,
  attributeIdentity,
  databasePath,
} from '../../plant/asset-model';
import {
  elementAttributes,
  enumerationSetOf,
  withDescendants,
} from '../../plant/attributes';
import {frameAttributes} from '../../plant/event-frame-attributes';
import {pointIdentity, pointPath} from '../../plant/point';
import {lineage} from '../../plant/templates';
import {type Kind} from '../kind';
import {links, type Members, type View, webIdOf} from '../members';
import {streamLinks} from '../stream-links';
import {type World} from '../world';
import {databaseSets, setIdentity} from './enumeration-kinds';
import {isUnsupported} from '../unsupported';
import {findFrame, findFrameByPath} from './frame-lookup';
import {attributeTemplateIdentity} from './template-kinds';

const attributeMembers: Members<AfAttribute> = {
  WebId: (attribute, view) => webIdOf(attributeIdentity(attribute), view),
  Id: ({guid}) => guid,
  Name: ({name}) => name,
  Description: ({description}) => description,
  Path: ({path}) => path,
  Paths: () => null,
  Type: (attribute, {world}) =>
    isUnsupported(world, attribute.name) ? 'Unsupported' : attribute.type,
  TypeQualifier: ({typeQualifier}) => typeQualifier,
  DefaultUnitsName: ({unit}) => unit?.name ?? '',
  DefaultUnitsNameAbbreviation: ({unit}) => unit?.abbreviation ?? '',
  DataReferencePlugIn: ({source}) => (source.kind === 'point' ? 'PI Point' : ''),
  ConfigString: ({source}) => (source.kind === 'point' ? pointPath(source.point) : ''),
  IsConfigurationItem: () => false,
  IsExcluded: () => false,
  IsHidden: () => false,
  IsManualDataEntry: () => false,
  HasChildren: ({children}) => children.length > 0,
  CategoryNames: ({categories}) => categories,
  Step: ({source}) => source.kind === 'point' && source.point.step,
  TraitName: () => '',
  DisplayDigits: () => -5,
  Span: () => 100,
  Zero: () => 0,
  Links: attributeLinks,
};

function attributeLinks(attribute: AfAttribute, view: View): Record<string, string> {
  const {owner, parent, source} = attribute;
  const webId = webIdOf(attributeIdentity(attribute), view);
  const self = `attributes/${webId}`;
  const home = webIdOf(owner.identity, view);
  const isElements = owner.letter === 'E';
  return links(view, {
    Self: self,
    Attributes: `${self}/attributes`,
    Element: isElements ? `elements/${home}` : undefined,
    EventFrame: isElements ? undefined : `eventframes/${home}`,
    Parent: parent && `attributes/${webIdOf(attributeIdentity(parent), view)}`,
    Categories: `${self}/categories`,
    Point:
      source.kind === 'point'
        ? `points/${webIdOf(pointIdentity(source.point), view)}`
        : undefined,
    ...enumerationLinks(attribute, view),
    Template: templateLink(attribute, view),
    ...streamLinks(`streams/${webId}`),
  });
}

function enumerationLinks(attribute: AfAttribute, view: View): Record<string, string> {
  const wanted = enumerationSetOf(attribute);
  const database = databaseOf(view.world, attribute);
  const set =
    database &&
    databaseSets(view.world.plant, database).find(({set: own}) => own === wanted);
  if (set === undefined) return {};
  const self = `enumerationsets/${webIdOf(setIdentity(set), view)}`;
  return {EnumerationSet: self, EnumerationValues: `${self}/enumerationvalues`};
}

/** The attribute template is that of the template which defines it, inherited or not. */
function templateLink(attribute: AfAttribute, view: View): string | undefined {
  const database = databaseOf(view.world, attribute);
  for (const template of lineage(attribute.template ?? '')) {
    const found = template.attributes.find(({name}) => name === attribute.name);
    if (found === undefined || database === undefined) continue;
    const subject = {owner: {database, template}, attribute: found};
    return `attributetemplates/${webIdOf(attributeTemplateIdentity(subject, view.world), view)}`;
  }
  return undefined;
}

/** The database that an attribute's owner lives in. */
export function databaseOf(
  {plant}: World,
  {path}: AfAttribute,
): AssetDatabase | undefined {
  return plant.assets.server.databases.find((database) =>
    path.startsWith(`${databasePath(database)}\\`),
  );
}

export const attributeKind: Kind<AfAttribute> = {
  title: 'Attribute',
  marker: 'Ab',
  members: attributeMembers,
  find: (world, parts) =>
    withDescendants(attributesOfOwner(world, parts)).find(
      ({guid}) => guid === parts.guids[2],
    ),
  findByPath: (world, path) => {
    const cut = path.indexOf('|');
    if (cut < 0) return undefined;
    const wanted = path.toUpperCase();
    return withDescendants(attributesByPath(world, path.slice(0, cut))).find(
      (attribute) => attribute.path.slice(2).toUpperCase() === wanted,
    );
  },
};

function attributesOfOwner(
  world: World,
  {owner, guids}: WebIdParts,
): readonly AfAttribute[] {
  const [server, guid = ''] = guids;
  const {assets} = world.plant;
  if (server !== assets.server.guid) return [];
  if (owner === 'F') {
    const frame = findFrame(world, guid);
    return frame === undefined ? [] : frameAttributes(frame);
  }
  const element = assets.findElement(guid);
  return element === undefined ? [] : elementAttributes(element);
}

function attributesByPath(world: World, path: string): readonly AfAttribute[] {
  if (/\\EventFrames\[/i.test(path)) {
    const frame = findFrameByPath(world, path);
    return frame === undefined ? [] : frameAttributes(frame);
  }
  const element = world.plant.assets.findElementByPath(path);
  return element === undefined ? [] : elementAttributes(element);
}
