import {nameFilter} from './name-filter';
import {type World} from './world';

/** Whether an attribute of this name is of a type that PI Web API cannot show. */
export function isUnsupported({settings}: World, name: string): boolean {
  const {unsupportedAttributes} = settings;
  return unsupportedAttributes !== undefined && nameFilter(unsupportedAttributes)(name);
}
