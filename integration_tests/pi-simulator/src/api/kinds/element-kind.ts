import {type AfElement, elementIdentity} from '../../plant/asset-model';
import {templateByName} from '../../plant/templates';
import {type Kind} from '../kind';
import {links, type Members, webIdOf} from '../members';
import {streamLinks} from '../stream-links';
import {databaseIdentity} from './asset-server-kind';
import {templateIdentity} from './template-kinds';

export const elementMembers: Members<AfElement> = {
  WebId: (element, view) => webIdOf(elementIdentity(element), view),
  Id: ({guid}) => guid,
  Name: ({name}) => name,
  Description: ({description}) => description,
  Path: ({path}) => path,
  Paths: () => null,
  TemplateName: ({template}) => template,
  HasChildren: ({children}) => children.length > 0,
  CategoryNames: ({categories}) => categories,
  ExtendedProperties: ({extendedProperties}) =>
    Object.fromEntries(
      Object.entries(extendedProperties).map(([name, value]) => [name, {Value: value}]),
    ),
  Links: (element, view) => {
    const webId = webIdOf(elementIdentity(element), view);
    const self = `elements/${webId}`;
    const {parent, database} = element;
    const template = templateByName(element.template);
    return links(view, {
      Self: self,
      Attributes: `${self}/attributes`,
      Elements: `${self}/elements`,
      EventFrames: `${self}/eventframes`,
      Database: `assetdatabases/${webIdOf(databaseIdentity(database), view)}`,
      Parent: parent && `elements/${webIdOf(elementIdentity(parent), view)}`,
      Template:
        template &&
        `elementtemplates/${webIdOf(templateIdentity(view, database, template), view)}`,
      Categories: `${self}/categories`,
      ...streamLinks(`streamsets/${webId}`),
    });
  },
};

export const elementKind: Kind<AfElement> = {
  title: 'Element',
  marker: 'Em',
  members: elementMembers,
  find: ({plant}, {guids}) => {
    const {assets} = plant;
    return guids[0] === assets.server.guid
      ? assets.findElement(guids[1] ?? '')
      : undefined;
  },
  findByPath: ({plant}, path) => plant.assets.findElementByPath(path),
};
