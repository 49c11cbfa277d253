import {sqlStateOf} from '../wire';
import {refusalOf} from './spark-refusal';

describe('refusalOf', () => {
  it('begins with the error class and ends before the stack', () => {
    const refusal = refusalOf(
      'org.apache.hive.service.cli.HiveSQLException: Error running query: [DIVIDE_BY_ZERO] ' +
        'org.apache.spark.SparkArithmeticException: [DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012\n' +
        '\tat org.apache.spark.sql.Some$.run(Some.scala:43)\n\tat java.lang.Thread.run',
    );

    expect(refusal.message).toBe('[DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012');
    expect(sqlStateOf(refusal)).toBe('22012');
  });

  it('keeps the words of errors without a class', () => {
    expect(refusalOf('org.apache.hive.Some: Query timed out').message).toBe(
      'Query timed out',
    );
  });
});
