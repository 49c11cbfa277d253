import {byPath, byWebId} from '../kind';
import {categoryKind, FAMILIES} from '../kinds/category-kind';
import {type Route} from '../route';
export const categoryRoutes: readonly Route[] = (
  ['element', 'attribute', 'table'] as const
).flatMap((family) => {
  const {resource, type} = FAMILIES[family];
  const kind = categoryKind(family);
  return [
    {
      operation: `GET /${resource}`,
      parameters: ['path'],
      answers: type,
      handle: byPath(kind),
    },
    {
      operation: `GET /${resource}/{webId}`,
      parameters: [],
      answers: type,
      handle: byWebId(kind),
    },
  ];
});
