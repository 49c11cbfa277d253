import {type Answer, jsonAnswer} from '../answer';
import {byPath, byWebId, subjectOf} from '../kind';
import {categoriesOf, categoryMembers} from '../kinds/category-kind';
import {tableKind} from '../kinds/table-kind';
import {listAnswer} from '../paging';
import {type Call, type Route} from '../route';
import {prune} from '../selection';
function tableData(call: Call): Answer {
  const {columns, rows} = subjectOf(tableKind, call).table;
  return jsonAnswer(prune({Columns: columns, Rows: rows}, call.selection));
}

function categoriesOfTable(call: Call): Answer {
  const {database, table} = subjectOf(tableKind, call);
  const subjects = categoriesOf(call.world.plant, database, 'table').filter(
    ({category}) => table.categories.includes(category.name),
  );
  return listAnswer(call, {members: categoryMembers, subjects});
}

export const tableRoutes: readonly Route[] = [
  {
    operation: 'GET /tables',
    parameters: ['path'],
    answers: 'Table',
    handle: byPath(tableKind),
  },
  {
    operation: 'GET /tables/{webId}',
    parameters: [],
    answers: 'Table',
    handle: byWebId(tableKind),
  },
  {
    operation: 'GET /tables/{webId}/data',
    parameters: [],
    answers: 'TableData',
    handle: tableData,
  },
  {
    operation: 'GET /tables/{webId}/categories',
    parameters: [],
    answers: 'Items[TableCategory]',
    handle: categoriesOfTable,
  },
];
