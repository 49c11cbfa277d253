/** What tests outside this package drive: the stand-in's parts, the wire, and Spark. */
export {startSparkWarehouse} from './spark/spark-warehouse';
export {Engine} from './stand-in/engine';
export {runStatement} from './stand-in/shapes';
export {Tables} from './stand-in/tables';
export {
  answerLocally,
  answerVolumeStatement,
  Operations,
  Sessions,
  SqlError,
  startWarehouseServer,
  Storage,
  Tokens,
  type Answer,
} from './wire';
