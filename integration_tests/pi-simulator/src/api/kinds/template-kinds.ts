import {type Guid} from '../../identity/guid';
import {type Identity} from '../../identity/web-id';
import {type AssetDatabase, databasePath} from '../../plant/asset-model';
import {
  type AttributeTemplate,
  type ElementTemplate,
  templateByName,
  TEMPLATES,
} from '../../plant/templates';
import {type Kind} from '../kind';
import {links, type Members, type View, webIdOf} from '../members';
import {type World} from '../world';
import {databaseIdentity} from './asset-server-kind';

/** A template as it stands in a database. */
export interface DatabaseTemplate {
  readonly database: AssetDatabase;
  readonly template: ElementTemplate;
}

/** An attribute of a template, and the template that defines it. */
interface TemplateAttribute {
  readonly owner: DatabaseTemplate;
  readonly attribute: AttributeTemplate;
}

function guidOf({plant}: World, {database, template}: DatabaseTemplate): Guid {
  return plant.guid('template', `${database.name}/${template.name}`);
}

export function templateIdentity(
  {world}: Pick<View, 'world'>,
  database: AssetDatabase,
  template: ElementTemplate,
): Identity {
  const path = `${databasePath(database)}\\ElementTemplates[${template.name}]`;
  return {
    marker: 'ET',
    guids: [database.server.guid, guidOf(world, {database, template})],
    path,
  };
}

function linkOf(view: View, {database, template}: DatabaseTemplate): string {
  return `elementtemplates/${webIdOf(templateIdentity(view, database, template), view)}`;
}

export const templateMembers: Members<DatabaseTemplate> = {
  WebId: ({database, template}, view) =>
    webIdOf(templateIdentity(view, database, template), view),
  Id: (subject, {world}) => guidOf(world, subject),
  Name: ({template}) => template.name,
  Description: ({template}) => template.description,
  Path: ({database, template}, view) => templateIdentity(view, database, template).path,
  AllowElementToExtend: ({template}) => template.instanceType === 'Element',
  BaseTemplate: ({template}) => template.base ?? '',
  CanBeAcknowledged: ({template}) => template.canBeAcknowledged,
  CategoryNames: ({template}) => template.categories,
  ExtendedProperties: () => ({}),
  InstanceType: ({template}) => template.instanceType,
  NamingPattern: () => '',
  Severity: ({template}) => template.severity,
  Links: (subject, view) => {
    const self = linkOf(view, subject);
    const {database, template} = subject;
    const base = templateByName(template.base ?? '');
    return links(view, {
      Self: self,
      AttributeTemplates: `${self}/attributetemplates`,
      Database: `assetdatabases/${webIdOf(databaseIdentity(database), view)}`,
      Categories: `${self}/categories`,
      BaseTemplate: base && linkOf(view, {database, template: base}),
      BaseTemplates: `${self}/baseelementtemplates`,
      DerivedTemplates: `${self}/derivedelementtemplates`,
    });
  },
};

export const templateKind: Kind<DatabaseTemplate> = {
  title: 'Element template',
  marker: 'ET',
  members: templateMembers,
  find: (world, {guids}) =>
    allTemplates(world).find((candidate) => guidOf(world, candidate) === guids[1]),
  findByPath: (world, path) =>
    allTemplates(world).find(({database, template}) => {
      const own = templateIdentity({world}, database, template).path;
      return own.slice(2).toUpperCase() === path.toUpperCase();
    }),
};

function allTemplates({plant}: World): readonly DatabaseTemplate[] {
  return plant.assets.server.databases.flatMap(templatesOf);
}

export function templatesOf(database: AssetDatabase): readonly DatabaseTemplate[] {
  return TEMPLATES.map((template) => ({database, template}));
}

export function attributeTemplateIdentity(
  {owner, attribute}: TemplateAttribute,
  world: World,
): Identity {
  const {database, template} = owner;
  const home = templateIdentity({world}, database, template);
  const guid = world.plant.guid('attribute-template', `${home.path}|${attribute.name}`);
  const path = `${home.path}|${attribute.name}`;
  return {marker: 'AT', owner: 'E', guids: [...home.guids, guid], path};
}

export const attributeTemplateMembers: Members<TemplateAttribute> = {
  WebId: (subject, view) =>
    webIdOf(attributeTemplateIdentity(subject, view.world), view),
  Id: (subject, {world}) => attributeTemplateIdentity(subject, world).guids[2],
  Name: ({attribute}) => attribute.name,
  Description: () => '',
  Path: (subject, {world}) => attributeTemplateIdentity(subject, world).path,
  Type: ({attribute}) => attribute.type,
  TypeQualifier: ({attribute}) => attribute.typeQualifier,
  DefaultUnitsName: ({attribute}) => attribute.unit?.name ?? '',
  DefaultUnitsNameAbbreviation: ({attribute}) => attribute.unit?.abbreviation ?? '',
  DefaultValue: ({attribute}) => attribute.defaultValue,
  DataReferencePlugIn: () => '',
  ConfigString: () => '',
  IsConfigurationItem: () => false,
  IsExcluded: () => false,
  IsHidden: () => false,
  IsManualDataEntry: () => false,
  HasChildren: () => false,
  CategoryNames: ({attribute}) => attribute.categories,
  TraitName: () => '',
  Links: (subject, view) => {
    const webId = webIdOf(attributeTemplateIdentity(subject, view.world), view);
    return links(view, {
      Self: `attributetemplates/${webId}`,
      ElementTemplate: linkOf(view, subject.owner),
    });
  },
};

export const attributeTemplateKind: Kind<TemplateAttribute> = {
  title: 'Attribute template',
  marker: 'AT',
  members: attributeTemplateMembers,
  find: (world, {guids}) =>
    allTemplateAttributes(world).find(
      (subject) => attributeTemplateIdentity(subject, world).guids[2] === guids[2],
    ),
  findByPath: (world, path) =>
    allTemplateAttributes(world).find(
      (subject) =>
        attributeTemplateIdentity(subject, world).path.slice(2).toUpperCase() ===
        path.toUpperCase(),
    ),
};

function allTemplateAttributes(world: World): readonly TemplateAttribute[] {
  return allTemplates(world).flatMap((owner) =>
    owner.template.attributes.map((attribute) => ({owner, attribute})),
  );
}
