import {databasePath, type AfElement} from '../plant/asset-model';
import {type ElementBook} from '../plant/element-book';
import {type Plant} from '../plant/plant';
import {UsageError} from '../plant/usage-error';

/** A change of the elements; each is named by its path or by its GUID. */
export type ElementChange =
  | {
      readonly action: 'add_element';
      /** An element, or the database by its path. */
      readonly parent: string;
      readonly name: string;
      readonly template?: string;
      readonly description?: string;
    }
  | {
      readonly action: 'rename_element';
      readonly element: string;
      readonly name: string;
    }
  | {
      readonly action: 'move_element';
      readonly element: string;
      /** An element of the same database, or the database by its path. */
      readonly parent: string;
    }
  | {
      /** With all below it, for good. */
      readonly action: 'remove_element';
      readonly element: string;
    }
  | {
      /** Shows the element below a second parent. */
      readonly action: 'add_reference';
      readonly element: string;
      readonly parent: string;
    }
  | {
      readonly action: 'remove_reference';
      readonly element: string;
      readonly parent: string;
    };

/** What the account says of the element of a change, as it was before. */
export interface ElementFacts {
  readonly element: string;
  readonly element_id: string;
}

const ACTIONS: readonly string[] = [
  'add_element',
  'rename_element',
  'move_element',
  'remove_element',
  'add_reference',
  'remove_reference',
] satisfies readonly ElementChange['action'][];

export function isElementChange(change: {
  readonly action: string;
}): change is ElementChange {
  return ACTIONS.includes(change.action);
}

/** @throws UsageError for what the tree cannot be; nothing has changed then. */
export function changeElement(plant: Plant, change: ElementChange): ElementFacts {
  if (change.action === 'add_element') return factsOf(addElement(plant, change));
  const {book, element} = place(plant, change.element);
  const known = elementIn(book, element, change.element);
  const facts = factsOf(known);
  switch (change.action) {
    case 'rename_element':
      book.rename(known, change.name);
      break;
    case 'move_element':
      book.move(known, place(plant, change.parent).element);
      break;
    case 'remove_element':
      book.remove(known);
      break;
    case 'add_reference':
      book.addReference(known, elementNamed(plant, change.parent));
      break;
    case 'remove_reference':
      book.removeReference(known, elementNamed(plant, change.parent));
  }
  return facts;
}

function addElement(
  plant: Plant,
  change: ElementChange & {readonly action: 'add_element'},
): AfElement {
  const {book, element} = place(plant, change.parent);
  const {name, template = '', description = ''} = change;
  return book.add({
    ...(element !== undefined && {parent: element}),
    ...{name, template, description},
  });
}

/** @throws UsageError where there is no element of that path or GUID. */
export function elementNamed(plant: Plant, named: string): AfElement {
  const {book, element} = place(plant, named);
  return elementIn(book, element, named);
}

function elementIn(
  {name}: ElementBook,
  element: AfElement | undefined,
  named: string,
): AfElement {
  if (element !== undefined) return element;
  throw new UsageError(`"${named}" is the database ${name}, not an element.`);
}

interface Place {
  readonly book: ElementBook;
  /** Undefined for the database itself. */
  readonly element: AfElement | undefined;
}

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** @throws UsageError where nothing has that path or GUID. */
function place({assets}: Plant, named: string): Place {
  const isGuid = GUID.test(named);
  for (const book of assets.databases) {
    if (databasePath(book) === named) return {book, element: undefined};
    const element = isGuid
      ? book.find(named)
      : book.findByPath(named.replace(/^\\\\/, ''));
    if (element !== undefined) return {book, element};
  }
  throw new UsageError(`There is no element "${named}".`);
}

function factsOf({path, guid}: AfElement): ElementFacts {
  return {element: path, element_id: guid};
}
