import {type Guid} from '../identity/guid';
import {type Identity} from '../identity/web-id';
import {type ArchiveEvent} from './archive-event';
import {type Point} from './point';
import {type AttributeType, type Unit} from './templates';

/** The AF server. */
export interface AssetServer {
  readonly name: string;
  readonly guid: Guid;
  readonly databases: readonly AssetDatabase[];
}

/** A database of the AF server. */
export interface AssetDatabase {
  readonly server: AssetServer;
  readonly index: number;
  readonly name: string;
  readonly description: string;
  readonly guid: Guid;
  /** Every element, parents before their children. */
  readonly elements: readonly AfElement[];
  /** Whether an element is still there. */
  holds(element: AfElement): boolean;
}

/** What AF calls the type of an element; nearly all have none. */
export type ElementType = 'None' | 'Node' | 'Measurement';

/** An element of the asset tree. */
export interface AfElement {
  readonly database: AssetDatabase;
  readonly guid: Guid;
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly template: string;
  readonly type: ElementType;
  readonly categories: readonly string[];
  readonly parent: AfElement | undefined;
  readonly children: readonly AfElement[];
  /** 0 for an element directly below the database. */
  readonly depth: number;
  readonly extendedProperties: Readonly<Record<string, string | number>>;
  /** Elements that hang below this one by reference, and live elsewhere. */
  readonly references: readonly AfElement[];
  /** Points whose sensors are mounted here. */
  readonly points: readonly Point[];
  /** Decides the values of its nameplate. */
  readonly salt: number;
}

/** What an attribute belongs to. */
export interface AttributeOwner {
  readonly identity: Identity;
  readonly letter: 'E' | 'F';
}

/** An attribute of an element or of an event frame. */
export interface AfAttribute {
  readonly owner: AttributeOwner;
  readonly guid: Guid;
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly type: AttributeType;
  readonly typeQualifier: string;
  readonly unit: Unit | undefined;
  readonly categories: readonly string[];
  /** The owner's template, if the attribute comes from it. */
  readonly template: string | undefined;
  readonly source: AttributeSource;
  readonly parent: AfAttribute | undefined;
  readonly children: readonly AfAttribute[];
}

/** Where an attribute gets its value. */
export type AttributeSource =
  | {readonly kind: 'point'; readonly point: Point}
  | {readonly kind: 'constant'; valueAt(now: number): ArchiveEvent};

export function databasePath(database: AssetDatabase): string {
  return `\\\\${database.server.name}\\${database.name}`;
}

export function elementIdentity({database, guid, path}: AfElement): Identity {
  return {marker: 'Em', guids: [database.server.guid, guid], path};
}

export function attributeIdentity({owner, guid, path}: AfAttribute): Identity {
  const {letter, identity} = owner;
  return {marker: 'Ab', owner: letter, guids: [...identity.guids, guid], path};
}
