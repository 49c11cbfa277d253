import type {TSparkParameter} from '@databricks/sql/thrift/TCLIService_types';

import {textLiteral} from '../wire';

/**
 * A statement with its parameters in Spark's own form, since its Thrift server takes no
 * parameters: Spark binds them, nothing is put into the text of the statement.
 */
export function bindParameters(
  sql: string,
  parameters: readonly TSparkParameter[],
): string {
  const values = parameters.map((parameter) => {
    const alias = parameter.name ? ` AS ${parameter.name}` : '';
    return `${literalOf(parameter)}${alias}`;
  });
  return `EXECUTE IMMEDIATE ${textLiteral(sql)} USING ${values.join(', ')}`;
}

function literalOf({type = 'STRING', value}: TSparkParameter): string {
  const text = value?.stringValue;
  // Absent members are null where they were decoded.
  if (typeof text !== 'string' || type === 'VOID') return 'NULL';
  if (type === 'STRING') return textLiteral(text);
  return `CAST(${textLiteral(text)} AS ${type === 'INTEGER' ? 'INT' : type})`;
}
